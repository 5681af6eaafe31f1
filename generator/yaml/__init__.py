"""YAML as bytes and as data: loading, where each value stands, writing back.

It knows files and keys, and never what a key means: a job is a mapping like any other here.
"""
