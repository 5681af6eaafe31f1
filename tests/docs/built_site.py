"""Reads pages of the built site as a browser does: what they load, where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What a browser fetches by itself when it meets the element.
LOADED = {
    *(("script", "src"), ("img", "src"), ("img", "srcset"), ("iframe", "src"), ("source", "src")),
    *(("video", "src"), ("audio", "src"), ("object", "data"), ("embed", "src")),
}
# Relations of a link that a browser does not fetch.
TOLD = {"canonical", "next", "prev", "alternate", "edit"}


@dataclass
class Reader(HTMLParser):
    """What a page has: anchors, links that are followed, files that are loaded, its policy."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    policy: str = ""
    _depth: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element is."""
        values = {name: text or "" for name, text in attrs}
        if tag == "article":
            self._depth = 1
        if self._depth:
            self.counts[tag] = self.counts.get(tag, 0) + 1
        if "id" in values:
            self.anchors.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link":
            told = set(values.get("rel", "").split()) <= TOLD
            (self.links if told else self.loads).append(values["href"])
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = values["content"]
        self.loads += [text for name, text in values.items() if (tag, name) in LOADED]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The same for an element without an end."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Note where the page's own text ends."""
        if tag == "article":
            self._depth = 0


def read(page: Path) -> Reader:
    """Read one page."""
    reader = Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def loaded_by_styles(sheet: Path) -> list[str]:
    """What a style sheet asks for."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", text)
    return [one or other for one, other in found if not (one or other).startswith("data:")]


def is_elsewhere(link: str) -> bool:
    """Whether a link leads to another host."""
    parts = urlsplit(link)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def target(page: Path, link: str) -> tuple[Path, str]:
    """The file that a relative link leads to, and the anchor in it."""
    parts = urlsplit(link)
    file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return (file / "index.html" if file.is_dir() else file), unquote(parts.fragment)
