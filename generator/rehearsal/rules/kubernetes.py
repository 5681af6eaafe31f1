def rules_for(kind):
    return []
