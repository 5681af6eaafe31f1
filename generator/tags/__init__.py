"""Tags: layers, precedence, provenance, spellings, and what each cloud allows."""
