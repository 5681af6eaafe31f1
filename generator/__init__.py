"""dativo: ETL job files in, reviewable Terraform root modules out."""

__version__ = "0.1.0"
