"""What may happen to a project between two runs, or in the middle of one, and to its cache."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from generator.files.stamps import MARK, digest_of
from generator.kept.record import FORMAT
from tests.pipeline.changes import HAND_WRITTEN, MODULE
from tests.repository import Repository

NEEDING = """\
  terraform: {variables: {environment: {UP: "{{ jobs.orders.outputs.job_name }}"}}}
needs: [orders]
"""


def prepared(folder: Path) -> Repository:
    """A project with a little of everything."""
    repository = Repository(folder)
    repository.job("orders", "  tags: {team: a}\n")
    repository.job("rates")
    repository.job("old", "  iac: manual\n")
    repository.write("jobs/none.yaml", "tenant_id: acme\n")
    repository.write("assets/rates.yaml", "name: rates\n")
    repository.edit(
        "jobs/rates.yaml", "name: rates\n", "name: rates\nasset_path: assets/rates.yaml\n"
    )
    repository.write("network/main.tf", HAND_WRITTEN)
    return repository


def _job(name: str, more: str) -> Callable[[Repository], object]:
    return lambda r: r.job(name, more)


def _text(path: str, text: str) -> Callable[[Repository], object]:
    return lambda r: r.write(path, text)


def _replaced(path: str, before: str, after: str) -> Callable[[Repository], object]:
    def change(repository: Repository) -> None:
        file = repository.folder / path
        if file.is_file() and not file.is_symlink():
            file.write_text(file.read_text().replace(before, after))

    return change


def _gone(path: str) -> Callable[[Repository], object]:
    def change(repository: Repository) -> None:
        found = repository.folder / path
        if found.is_dir() and not found.is_symlink():
            shutil.rmtree(found)
        else:
            found.unlink(missing_ok=True)

    return change


def _swapped(folder: str, change: Callable[[Repository], object]) -> Callable[[Repository], object]:
    """A folder gives way to a changed copy that was prepared long ago, its times as they were."""

    def swap(repository: Repository) -> None:
        top = repository.folder
        if (top / folder).is_symlink() or not (top / folder).is_dir():
            return
        shutil.copytree(top / folder, top / ".next", symlinks=True)
        aside = top / ".aside"
        (top / folder).rename(aside)
        (top / ".next").rename(top / folder)
        with contextlib.suppress(AssertionError, OSError):
            change(repository)
        for path in (top / folder).rglob("*"):
            if not path.is_symlink():
                os.utime(path, ns=(MARK, MARK))
        shutil.rmtree(aside)

    return swap


def _linked(path: str) -> Callable[[Repository], object]:
    """A file or folder moves, and a link takes its place; a second time, back."""

    def link(repository: Repository) -> None:
        found = repository.folder / path
        real = repository.folder / f".real-{path.replace('/', '-')}"
        if found.is_symlink() and real.exists():
            found.unlink()
            real.rename(found)
        elif found.exists() and not real.exists():
            found.rename(real)
            found.symlink_to(real)

    return link


def _touched(repository: Repository) -> None:
    """All files are written anew with what they hold, as by a checkout elsewhere."""
    for path in sorted(repository.folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and ".dativo" not in path.parts:
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)


ROOT = "generated/acme/orders/prod"
_DEV = "generated/acme/orders/dev"
_OTHERWISE = "iac: manual\n  provider: gcp"
# Names to what they do; each may be tried in any state.
CHANGES: dict[str, Callable[[Repository], object]] = {
    "tags a": _job("orders", "  tags: {team: a}\n"),
    "tags b": _job("orders", "  tags: {team: b}\n"),
    "wrong job": _job("orders", "  tags: [1]\n"),
    "unknown key": _job("orders", "  colour: red\n"),
    "needs": _job("needing", NEEDING),
    "needs nothing": _job("needing", ""),
    "needs gone": _gone("jobs/needing.yaml"),
    "third": _job("third", ""),
    "third gone": _gone("jobs/third.yaml"),
    "two with one name": lambda r: (
        r.write("jobs/twin.yaml", (r.folder / "jobs/rates.yaml").read_text())
        if (r.folder / "jobs/rates.yaml").is_file()
        else None
    ),
    "one with one name": _gone("jobs/twin.yaml"),
    "job moves": lambda r: (
        (r.folder / "jobs/third.yaml").rename(r.folder / "jobs/later.yaml")
        if (r.folder / "jobs/third.yaml").is_file()
        else None
    ),
    "later gone": _gone("jobs/later.yaml"),
    "deployed otherwise": _replaced("jobs/rates.yaml", "provider: gcp", _OTHERWISE),
    "deployed by us": _replaced("jobs/rates.yaml", _OTHERWISE, "provider: gcp"),
    "asset": _text("assets/rates.yaml", "name: prices\nteam: {owner: a}\n"),
    "asset before": _text("assets/rates.yaml", "name: rates\n"),
    "asset gone": _gone("assets/rates.yaml"),
    "settings": _replaced("dativo.yaml", "owner: data", "owner: dada"),
    "settings before": _replaced("dativo.yaml", "owner: dada", "owner: data"),
    "settings of a tenant": _replaced(
        "dativo.yaml", "defaults:", "tags: {required: {team: {}}}\ndefaults:"
    ),
    "settings of none": _replaced(
        "dativo.yaml", "tags: {required: {team: {}}}\ndefaults:", "defaults:"
    ),
    "another output": _replaced("dativo.yaml", "defaults:", "output: roots\ndefaults:"),
    "output before": _replaced("dativo.yaml", "output: roots\ndefaults:", "defaults:"),
    "former output a copy": _text("generated/dativo.yaml", ""),
    "former output no copy": _gone("generated/dativo.yaml"),
    "module": _text(f"{MODULE}/more.tf", 'variable "more" {}\n'),
    "module with a default": _text(f"{MODULE}/more.tf", 'variable "more" { default = 1 }\n'),
    "module output": _text(f"{MODULE}/more.tf", 'output "more" { value = 1 }\n'),
    "module before": _gone(f"{MODULE}/more.tf"),
    "hand-written": _text("vpc/main.tf", HAND_WRITTEN),
    "hand-written takes a state": _text(
        "vpc/main.tf",
        'terraform {\n  backend "gcs" {\n    bucket = "acme-terraform-state"\n'
        '    prefix = "acme/orders/prod"\n  }\n}\n',
    ),
    "hand-written gone": _gone("vpc"),
    "root edited": _replaced(f"{ROOT}/main.tf", "2048", "4096"),
    "root file gone": _gone(f"{ROOT}/main.tf"),
    "root gone": _gone("generated/acme/orders"),
    "manifest gone": _gone(f"{ROOT}/.dativo.json"),
    "leftover": lambda r: (r.folder / ROOT).is_dir()
    and r.write(f"{ROOT}/.dativo-new-0123456789ab", "x"),
    "file beside": lambda r: (r.folder / ROOT).is_dir() and r.write(f"{ROOT}/my.tf", "# mine\n"),
    "unknown root": lambda r: (r.folder / ROOT).is_dir()
    and not (r.folder / ROOT).is_symlink()
    and shutil.copytree(r.folder / ROOT, r.folder / _DEV, dirs_exist_ok=True),
    "unknown root gone": _gone(_DEV),
    "pipeline": _text(".github/workflows/terraform.yml", "# Written by dativo ci\n"),
    "pipeline gone": _gone(".github"),
    "checkout": _touched,
    "jobs swapped": _swapped("jobs", _job("orders", "  tags: {team: c}\n")),
    "job vanishes by a swap": _swapped("jobs", _gone("jobs/third.yaml")),
    "modules swapped": _swapped("modules", _text(f"{MODULE}/more.tf", "# nothing\n")),
    "assets swapped": _swapped("assets", _text("assets/rates.yaml", "name: swapped\n")),
    "roots swapped": _swapped("generated", _replaced(f"{ROOT}/main.tf", "2048", "512")),
    "jobs a link": _linked("jobs"),
    "a job a link": _linked("jobs/rates.yaml"),
    "assets a link": _linked("assets"),
    "modules a link": _linked("modules"),
    "generated a link": _linked("generated"),
    "a root a link": _linked(ROOT),
}


def _record(folder: Path) -> Path:
    return folder / ".dativo/roots.txt"


def _cut(folder: Path) -> None:
    data = _record(folder).read_bytes()
    _trusted(_record(folder), data[: len(data) // 2])


def _shuffled(folder: Path) -> None:
    lines = _record(folder).read_bytes().split(b"\n")
    _trusted(_record(folder), b"\n".join(lines[::2]))


def _other_shapes(folder: Path) -> None:
    _, _, rest = _record(folder).read_bytes().partition(b"\n")
    rest = rest.replace(b"[[", b'{"a":').replace(b'"",', b"0,")
    digest = digest_of(rest).encode()
    _trusted(_record(folder), FORMAT.encode() + b"\t" + digest + b"\n" + rest)


def _trusted(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    path.chmod(0o600)
    os.utime(path, ns=(MARK, MARK))


def _is(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Something else than a file where the record is."""

    def replace(folder: Path) -> None:
        _record(folder).unlink()
        make(_record(folder))

    return replace


def _linked_folder(folder: Path) -> None:
    (folder / ".dativo").rename(folder / ".elsewhere")
    (folder / ".dativo").symlink_to(".elsewhere")


def _file_for_folder(folder: Path) -> None:
    shutil.rmtree(folder / ".dativo")
    (folder / ".dativo").write_text("x")


# Each is told the project folder; there is a record.
DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda folder: shutil.rmtree(folder / ".dativo"),
    "cut short": _cut,
    "lines lost": _shuffled,
    "other shapes": _other_shapes,
    "empty": lambda folder: _trusted(_record(folder), b""),
    "no text": lambda folder: _trusted(_record(folder), b"\xff\x00" * 100),
    "unreadable": lambda folder: _record(folder).chmod(0),
    "a folder": _is(lambda path: path.mkdir()),
    "a pipe": _is(os.mkfifo),
    "a link to nothing": _is(lambda path: path.symlink_to("nowhere")),
    "a link to a device": _is(lambda path: path.symlink_to("/dev/zero")),
    "a second name": lambda folder: os.link(_record(folder), folder / ".dativo/other.txt"),
    "the folder a link": _linked_folder,
    "the folder a file": _file_for_folder,
}
