"""The names of the files that we read and write; each is told here alone."""

from __future__ import annotations

SETTINGS_FILE = "dativo.yaml"
# In each root: what the root is of, and a digest of each of its files.
MANIFEST = ".dativo.json"
# In a root that reads outputs of other roots: how.
NEEDS_FILE = "needs.tf"
# Below the project folder: what spares the next run some work.
CACHE_FOLDER = ".dativo"
# In it while roots are written, and after a run that did not come to its end.
BEGUN = "writing"
# Where it was before.
OLD_CACHE_FOLDER = ".dativo-cache"
# What modules declare: shipped beside them.
INTERFACES = "interfaces.json"
# In each root: the versions of providers and their checksums; Terraform's own name for it.
ROOT_LOCK = ".terraform.lock.hcl"
# Below the project folder: the same for all roots that need the same providers.
LOCKS_FOLDER = "locks"
LOCK_ENDING = ".lock.hcl"
