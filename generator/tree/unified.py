"""What a comparison would write, as a unified diff that git and people read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from generator.files.names import MANIFEST
from generator.files.paths import read_file
from generator.text.conflicts import lines_of
from generator.tree.change import Comparison

_NOTHING = "/dev/null"
_MARK = "\\ No newline at end of file\n"


def unified(comparison: Comparison) -> Iterator[str]:
    """Every file that differs, root by root and file by file.

    Args:
        comparison: of the roots with the disk.

    Yields:
        Lines with their ends: of headers as git writes them, and of hunks. Paths are below the
        project folder. A file that was edited by hand is shown as ``--force`` would replace it.

    Raises:
        OSError: a file cannot be read.
    """
    for change in comparison.changes:
        writes = change.writes
        for name in sorted({*writes, *change.removals}, key=_order):
            old = read_file(f"{comparison.top}/{change.folder}/{name}")
            new = writes.get(name)
            if old is not None or new is not None:
                path = f"{comparison.output}/{change.folder}/{name}"
                yield from _file(path, old, new)


def _order(name: str) -> tuple[bool, bool, str]:
    """What Terraform reads first; the manifest, which is for dativo, last."""
    return name == MANIFEST, name.endswith(".md"), name


def _file(path: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    before, after = _quoted(f"a/{path}"), _quoted(f"b/{path}")
    yield f"diff --git {before} {after}\n"
    if old is None:
        yield "new file mode 100644\n"
    elif new is None:
        yield "deleted file mode 100644\n"
    names = [
        _NOTHING if data is None else _ended(name) for data, name in ((old, before), (new, after))
    ]
    for line in unified_diff(_lines(old), _lines(new), names[0], names[1]):
        yield line if line.endswith("\n") else f"{line}\n{_MARK}"


def _lines(data: bytes | None) -> list[str]:
    """The lines of a file; git may have put other line ends into the work tree."""
    text = (data or b"").decode("utf-8", "replace").replace("\r\n", "\n")
    return lines_of(text)


def _ended(name: str) -> str:
    """A name with blanks ends in a tab, as GNU diff and git write it."""
    return f"{name}\t" if " " in name and not name.startswith('"') else name


def _quoted(name: str) -> str:
    """A path as git writes it: what is not plain ASCII in octal (git-config, core.quotePath)."""
    if name.isascii() and name.isprintable() and '"' not in name and "\\" not in name:
        return name
    escaped = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in name.encode("utf-8", "surrogateescape")
    )
    return f'"{escaped}"'
