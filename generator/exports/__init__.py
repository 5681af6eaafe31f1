"""What other tools take from a job: tfvars, metadata, tags, labels, CloudFormation, Pulumi.

Each module turns the plan or the tags of one root into text; nothing here prints, and only
``destination`` writes.
"""
