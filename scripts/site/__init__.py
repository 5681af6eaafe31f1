"""What the site of the documentation needs beside mkdocs.yml: its order, its pages, its links."""
