"""What there is over all roots, from their plans: facts, gaps and sums, in bounded memory.

No cloud is asked and no clock is read: the same job files give the same report.
"""
