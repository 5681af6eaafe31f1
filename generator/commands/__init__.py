"""One file a command, one function each: options in, sentences and an exit code out.

A command asks the stages and prints. What it could decide belongs to a stage, so that the API
has it too.
"""
