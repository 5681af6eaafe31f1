"""JSON Schemas of job, asset and settings files, for editors: written from the models."""
