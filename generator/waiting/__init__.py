"""The second half of a run: builds the jobs that wait for others, and gives those their outputs.

A project in which no job needs another never comes here. Nothing is decided about one root here,
only which roots are built again, and in what order.
"""
