"""The way back from Terraform: outputs of an apply into the placeholders of a job file.

The file is changed at the positions of the placeholders only, so that comments, order and
quotes stay as they are, and what came out is read again and compared before anyone gets it.
"""
