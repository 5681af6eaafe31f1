"""A root module that somebody wrote becomes a job: read, proposed, compared; nothing is written.

Both roots, the hand-written one and the one that dativo would generate, are read from their text by
the same eyes, so what is called the same is the same to Terraform. No Terraform is run.
"""
