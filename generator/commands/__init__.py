"""One file a command, one function each: options in, sentences and an exit code out.

A command asks the stages and prints. What it could decide belongs to a stage, so that the API
has it too.
"""

EXIT_OK = 0
EXIT_INPUT = 1
EXIT_DIFFERS = 2
EXIT_BUG = 3
EXIT_INTERRUPTED = 130
# Another signal ended it: this and its number, as a shell says it.
EXIT_SIGNAL = 128
# What a shell reports of a program that SIGPIPE ended: the reader of the output went away.
EXIT_PIPE = 141
