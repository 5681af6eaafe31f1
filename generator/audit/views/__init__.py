"""How an audit is shown: one file a form, one row each in ``table``."""
