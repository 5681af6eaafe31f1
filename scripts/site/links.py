"""Links of pages as they read in the repository, as they lead somewhere on the site.

Paths are those below the repository, with slashes.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

DOCS = "docs/"


@dataclass(frozen=True)
class Links:
    """Where links lead.

    Args:
        top: the repository.
        pages: path of each file that is part of the site, to its place there.
        address: of the repository, for people.
        ref: the branch or tag that the site is of.
    """

    top: str
    pages: Mapping[str, str]
    address: str
    ref: str

    def resolve(self, page: str, link: str) -> str:
        """A link of a page as the site has it: to a page of it, else to the repository.

        A link that leads nowhere comes back as it was, for mkdocs to tell.
        """
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return link
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if path.startswith("../") or not os.path.exists(os.path.join(self.top, path)):
            return link
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        for candidate in (path, posixpath.join(path, "README.md")):
            if candidate in self.pages:
                here = posixpath.dirname(self.pages[page])
                return quote(posixpath.relpath(self.pages[candidate], here or ".")) + fragment
        return self.source(path) + fragment

    def source(self, path: str) -> str:
        """The address of a file or folder in the repository."""
        kind = "tree" if os.path.isdir(os.path.join(self.top, path)) else "blob"
        return "/".join((self.address.rstrip("/"), kind, self.ref, quote(path)))
