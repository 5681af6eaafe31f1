"""The names of the files that we read and write; each is told here alone."""

from __future__ import annotations

SETTINGS_FILE = "dativo.yaml"
# Folders from the output folder down to a root: tenant, job, environment.
DEPTH = 3
# In each root: what the root is of, and a digest of each of its files.
MANIFEST = ".dativo.json"
# In a root that reads outputs of other roots: how.
NEEDS_FILE = "needs.tf"
# While a root is written: the next content of one file, and the manifest that will be in place
# when all are written. Both stand beside their files, so that renames stay on one file system
# and files get the group and the permissions of their folder. A root that is new is a folder
# called like the former, beside its place. Each name goes on with characters of its run's own,
# so that no two processes write to one file.
SCRATCH = ".dativo-new"
PENDING = ".dativo.json.new"
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
