"""A file becomes a job: project settings, defaults and environments, checks of what is written.

What comes out is valid and knows where each value stands. Tags, modules and clouds come later.
"""
