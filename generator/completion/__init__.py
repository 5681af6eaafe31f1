"""What can be typed next: the values that a project and the clouds have, for shells and questions.

A table elsewhere is read, never repeated: regions, runtimes, sizes, the files of a project.
"""
