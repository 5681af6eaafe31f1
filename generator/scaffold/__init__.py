"""A new repository from the Copier template: asked for, laid down, tried, and only then kept.

Copier asks, checks answers and renders. What a job or a root is stands elsewhere.
"""
