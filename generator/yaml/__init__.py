"""YAML as bytes and as data: loading, where each value stands, writing back.

``load`` builds plain data and is fast; ``tree`` keeps the spans of keys and values, from which
``positions``, ``comments`` and the commands that edit files work. Nothing here knows what a key
means: a job is a mapping like any other.
"""
