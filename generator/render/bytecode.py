"""Compiled templates, kept as Python keeps compiled modules: beside them, for the next process."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.util import cache_from_source

import jinja2.compiler
from jinja2.bccache import Bucket, BytecodeCache

from generator.files.regular import read, replace
from generator.files.stamps import digest_of, stamp


class BesideTemplates(BytecodeCache):
    """Keeps the bytecode of a template where that of a module in its place would be.

    That is a ``__pycache__`` of the installation, or wherever ``PYTHONPYCACHEPREFIX`` says; nowhere
    with ``PYTHONDONTWRITEBYTECODE``, or where it cannot be written. Whoever may write there may
    write the modules of dativo as well.

    Args:
        options: what else the bytecode depends on, as text. Filters are not among it: an
            environment that evaluates constants when it compiles must not have this cache.
    """

    def __init__(self, options: str) -> None:
        self._made_by = f"{stamp(jinja2.compiler.__file__)}\n{options}\n"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file of the template, since what is kept goes beside it."""
        return filename or name

    def get_source_checksum(self, source: str) -> str:
        """What a template's bytecode was made from and by; Jinja takes no other."""
        return digest_of((self._made_by + source).encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it is whole; that of another text or another Python is left."""
        with contextlib.suppress(OSError):
            kept = read(cache_from_source(bucket.key))[0]
            digest, _, code = kept.partition(b"\n")
            if digest == digest_of(code).encode():
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, unless that is not wanted or not possible."""
        if sys.dont_write_bytecode:
            return
        path, code = cache_from_source(bucket.key), bucket.bytecode_to_string()
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            replace(path, f"{path}.{os.getpid()}", f"{digest_of(code)}\n".encode() + code)
