"""Moves what dativo.yaml and job files pin, and tells what that changes in which roots."""
