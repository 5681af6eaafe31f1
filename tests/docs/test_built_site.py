"""The site, built as CI builds it and read as a browser reads it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from scripts.site.contents import HOME, place, sections
from tests.docs.built_site import Reader, is_elsewhere, loaded_by_styles, read, target
from tests.docs.examples import ROOT
from tests.packaging.checkout import copy_to

BIN = ROOT / ".venv-site" / ("Scripts" if os.name == "nt" else "bin")
ADDRESS = "https://code.example/dativo"
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "NO_MKDOCS_2_WARNING": "1",
    "SITE_REPOSITORY": ADDRESS,
    "SITE_REF": "v9.9.9",
}
pytestmark = [
    pytest.mark.deep,
    pytest.mark.xdist_group("site"),
    pytest.mark.skipif(not BIN.exists(), reason="make .venv-site/.dativo-ready"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    folder = tmp_path_factory.mktemp("site") / "built"
    command = [str(BIN / "python"), "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="module")
def read_pages(site: Path) -> dict[Path, Reader]:
    """Each page of the site, read once."""
    return {path: read(path) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}


def sources() -> Iterator[tuple[str, str]]:
    """Each page in the repository, with its place on the site."""
    listed = [
        e for entries in sections(str(ROOT)).values() for entry in entries for e in entry.all()
    ]
    for path in (HOME, *listed):
        at = place(path).removesuffix(".md")
        yield path, (at.removesuffix("README") + "index" if at.endswith("README") else at) + ".html"


def test_every_page_is_there(site: Path, read_pages: dict[Path, Reader]) -> None:
    """Each page of the list is a page of the site, and there is none besides."""
    assert {str(path.relative_to(site)) for path in read_pages} == {at for _, at in sources()}


def test_links_and_anchors_lead_somewhere(site: Path, read_pages: dict[Path, Reader]) -> None:
    """A link of a page leads to a file of the site, and to an anchor that is there."""
    broken = []
    for page, reader in read_pages.items():
        for link in filter(lambda link: not is_elsewhere(link), reader.links + reader.loads):
            file, anchor = target(page, link)
            there = read_pages[file].anchors if file in read_pages else set()
            if not file.is_file() or (anchor and anchor not in there):
                broken.append(f"{page.relative_to(site)}: {link}")
    assert broken == []


def test_links_into_the_repository_lead_somewhere(read_pages: dict[Path, Reader]) -> None:
    """A link to the repository names a file or folder that is in it, at the version of the site."""
    links = {link for reader in read_pages.values() for link in reader.links}
    inside = {link.partition("#")[0] for link in links if link.startswith(ADDRESS + "/")}
    assert f"{ADDRESS}/blob/v9.9.9/modules/aws-lambda/main.tf" in inside
    for link in inside:
        kind, ref, path = link.removeprefix(ADDRESS + "/").split("/", 2)
        assert ref == "v9.9.9"
        # `raw` is what the button beside a page's title shows of it.
        assert (ROOT / path).is_dir() if kind == "tree" else (ROOT / path).is_file(), link
        assert kind in ("blob", "tree", "raw")


def test_no_other_host_is_asked(site: Path, read_pages: dict[Path, Reader]) -> None:
    """Whoever reads a page is seen by the host of the site alone: neither pages nor styles load
    anything from elsewhere, and a policy keeps scripts from it.
    """
    for page, reader in read_pages.items():
        assert [load for load in reader.loads if is_elsewhere(load)] == [], page
        assert reader.policy.startswith("default-src 'self'; "), page
        assert "http" not in reader.policy
    for sheet in site.rglob("*.css"):
        assert [load for load in loaded_by_styles(sheet) if is_elsewhere(load)] == [], sheet


def test_a_page_reads_as_on_a_code_host(site: Path, read_pages: dict[Path, Reader]) -> None:
    """The site has as many headings, lists, entries, tables, rows and blocks of code as a code host
    makes of the page: Markdown that one of them reads otherwise is none.
    """
    kinds = ("h1", "h2", "h3", "h4", "ul", "ol", "li", "tr", "pre")
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    for path, at in sources():
        tokens = reader.parse((ROOT / path).read_text(encoding="utf-8"))
        tags = [
            "pre" if token.tag == "code" else token.tag for token in tokens if token.nesting >= 0
        ]
        counts = read_pages[site / at].counts
        assert {k: counts.get(k, 0) for k in kinds} == {k: tags.count(k) for k in kinds}, path


def test_search_finds_pages_from_beside_the_code(site: Path) -> None:
    """The index holds every page, and is there for those who open the site from the disk."""
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert {at for _, at in sources()} <= found | {"index.html"}
    assert (
        (site / "search/search_index.js").read_text(encoding="utf-8").startswith("var __index = ")
    )


def test_versions_stay(tmp_path: Path) -> None:
    """Publishing a version leaves those before it where they are; `latest` leads to the new one."""
    clone = copy_to(str(tmp_path / "clone"))
    who = {f"GIT_{w}_{k}": "a@b" for w in ("AUTHOR", "COMMITTER") for k in ("NAME", "EMAIL")}
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    environment = {**ENVIRONMENT, **who, "PYTHONPATH": clone, "PATH": path}

    def run(*command: str) -> str:
        done = subprocess.run(
            command, cwd=clone, env=environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("git", "init", "--quiet")
    run("git", "commit", "--quiet", "--allow-empty", "--message", "Start")
    for version in ("1.0.0", "1.1.0"):
        run("mike", "deploy", "--update-aliases", version, "latest")
    known = json.loads(run("git", "show", "gh-pages:versions.json"))
    assert [(one["version"], one["aliases"]) for one in known] == [
        ("1.1.0", ["latest"]),
        ("1.0.0", []),
    ]
    for version in ("1.0.0", "1.1.0"):
        assert '"provider": "mike"' in run("git", "show", f"gh-pages:{version}/tags.html")
    assert run("git", "show", "gh-pages:latest") == "1.1.0"
