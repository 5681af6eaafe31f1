"""The steps of a pipeline that are more than a line of shell: plan, comment, apply, tell of drift.

They run Terraform in roots and speak to the code host; what they keep of a plan holds no value of
any attribute. Nothing here builds a root.
"""
