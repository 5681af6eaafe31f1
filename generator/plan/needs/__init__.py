"""What a module asks of the account around it, and what it keeps running: one row a thing.

A module's README shows all rows of its module, a root's README those that its job needs. Templates
and pages lay rows out; whether one applies is decided here, from the inputs of the module call.
"""
