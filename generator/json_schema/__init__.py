"""JSON Schemas of job, asset and settings files, for editors: written from the models.

No rule is stated here that a model, a table or a module does not state: it is read there.
"""

NAMES = ("job", "asset", "settings")
