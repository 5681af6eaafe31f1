"""A project of example jobs whose roots run on a real provider, whatever its cloud."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator import load_job, tags_of
from generator.cli import main
from generator.text.versions import satisfiable
from tests.real.conftest import Command

REPOSITORY = Path(__file__).parents[2]
LOCAL = 'terraform {\n  backend "local" {}\n}\n'


class Project:
    """Example jobs, the roots made of them, and Terraform with a real provider.

    Args:
        folder: where to lay it down.
        terraform: runs Terraform with the real providers.
        environment: what the providers need to reach and believe the server.
        versions: the providers at hand, local name to version; roots are pinned to them.
        override: what a team writes to try a root against another endpoint: their file, beside
            ours. State is kept on the disk in any case.
        ids: what the jobs name, to what the server calls it.
    """

    def __init__(
        self,
        folder: Path,
        terraform: Command,
        environment: Mapping[str, str],
        versions: Mapping[str, str],
        *,
        override: str = "",
        ids: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self._run, self._environment, self._ids = terraform, environment, ids or {}
        self._versions = versions
        self._override = LOCAL + override
        for name in ("assets", "modules"):
            shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns(".*"))
        pins = ", ".join(
            f'{name}: "~> {".".join(version.split(".")[:2])}"' for name, version in versions.items()
        )
        settings = (REPOSITORY / "dativo.yaml").read_text(encoding="utf-8")
        settings += f"terraform: {{providers: {{{pins}}}}}\n"
        (folder / "dativo.yaml").write_text(settings, encoding="utf-8")

    def add(self, name: str) -> None:
        """Copy an example job, named as below ``jobs/``."""
        text = (REPOSITORY / "jobs" / name).read_text(encoding="utf-8")
        for written, made in self._ids.items():
            text = text.replace(written, made)
        (self.folder / "jobs" / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "jobs" / name).write_text(text, encoding="utf-8")

    def made(self, written: str) -> str:
        """The id that the cloud gave to what the example jobs name."""
        return self._ids[written]

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text of a job that was added."""
        path = self.folder / "jobs" / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def put(self, name: str, pattern: str, thing: str) -> None:
        """Replace the first text of a job that a pattern finds."""
        path = self.folder / "jobs" / name
        text, count = re.subn(pattern, thing, path.read_text(encoding="utf-8"), count=1)
        assert count, f"{name} has no {pattern}"
        path.write_text(text, encoding="utf-8")

    def generate(self, *options: str) -> None:
        """Write the roots."""
        assert main(["generate", "--project", str(self.folder), *options]) == 0

    def applied(self, name: str) -> Path:
        """Write the roots and apply one, named as in ``root``; its folder."""
        self.generate()
        folder = self.root(name)
        self.apply(folder)
        return folder

    def retire(self, name: str, root: Path) -> None:
        """Take a job away: its root becomes a tombstone, whose apply destroys what it made."""
        (self.folder / "jobs" / name).unlink()
        self.generate("--retire", str(root.parent))
        self.apply(self._overridden(root))

    def wanted(self, name: str, environment: str = "prod") -> dict[str, str]:
        """The tags of a job, as dativo tells them."""
        return tags_of(load_job(self.folder / "jobs" / name, environment=environment)).as_map()

    def root(self, name: str) -> Path:
        """A root, with the override beside it: TENANT/JOB/ENVIRONMENT."""
        return self._overridden(self.folder / "generated" / name)

    def example(self, module: str, name: str) -> Path:
        """An example of a module, with the override beside it; skips the test where the mirror
        has none of the versions that the example asks for.
        """
        folder = self.folder / "modules" / module / "examples" / name
        text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.tf"))
        for provider, held in self._versions.items():
            asked = re.search(rf'/{provider}"[^}}]*?version\s*=\s*"([^"]+)"', text)
            if asked and not satisfiable(f"= {held}", asked[1]):
                pytest.skip(f"the mirror has {provider} {held}, the example asks for {asked[1]}")
        return self._overridden(folder)

    def _overridden(self, folder: Path) -> Path:
        (folder / "local_override.tf").write_text(self._override)
        return folder

    def terraform(self, root: Path, *arguments: str, expect: int | None = 0) -> Any:
        """Run Terraform in a root."""
        return self._run(root, *arguments, "-no-color", expect=expect, **self._environment)

    def apply(self, root: Path) -> None:
        """Initialise and apply; nothing may be left to do afterwards."""
        self.terraform(root, "init", "-input=false")
        self.terraform(root, "apply", "-auto-approve", "-input=false")
        self.terraform(root, "plan", "-detailed-exitcode", "-input=false")

    def changes(self, root: Path) -> dict[str, list[str]]:
        """What a plan would do to each resource that it does not leave alone."""
        self.terraform(root, "plan", "-input=false", "-out=plan")
        shown = json.loads(self.terraform(root, "show", "-json", "plan").stdout)
        return {
            change["address"]: change["change"]["actions"]
            for change in shown.get("resource_changes", ())
            if change["mode"] == "managed" and change["change"]["actions"] != ["no-op"]
        }

    def output(self, root: Path, name: str) -> Any:
        """The value of an output, as it is in the state."""
        return json.loads(self.terraform(root, "output", "-json", name).stdout)

    def refused(self, root: Path) -> str:
        """What whoever plans reads when a plan fails, its frames and line breaks taken out."""
        self.terraform(root, "init", "-input=false", "-reconfigure")
        said = self.terraform(root, "plan", "-input=false", expect=1).stderr
        return " ".join(said.replace("│", " ").split())

    def state(self, root: Path) -> dict[str, Any]:
        """The state as it is on the disk."""
        found: dict[str, Any] = json.loads((root / "terraform.tfstate").read_text())
        return found
