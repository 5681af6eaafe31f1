"""The manifest of a root, ``.dativo.json``: what was written, and what a tombstone needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, Place, Problem
from generator.expression import Reference
from generator.render.manifest_check import KEYS, well_formed

if TYPE_CHECKING:
    from generator.plan.root_plan import ProviderBlock, RootPlan

NAME = ".dativo.json"
MAX_BYTES = 256 * 1024
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What dativo knows of a root that it wrote.

    Attributes:
        folder: below the output folder; not in the file, which says it by its place.
        job_file: the job file it came from.
        tenant, job, environment: the identity.
        state: the backend: type, address, arguments.
        terraform: required_version, and required_providers by name.
        providers: by name, the literal arguments and blocks, without tags.
        files: name to the SHA-256 of what was written, this file left out.
        retired: the root is a tombstone.
    """

    folder: str
    job_file: str
    tenant: str
    job: str
    environment: str
    state: dict[str, Any]
    terraform: dict[str, Any]
    providers: dict[str, dict[str, Any]]
    files: dict[str, str] = field(default_factory=dict)
    retired: bool = False

    @property
    def address(self) -> str:
        """The address of the state."""
        return str(self.state["address"])

    def to_json(self) -> str:
        """The text of the file: one key a line, one digest a line, so that merges are small."""
        rows = [
            f"    {json.dumps(name)}: {json.dumps(d)}" for name, d in sorted(self.files.items())
        ]
        files = "{\n" + ",\n".join(rows) + "\n  }"
        entries = [
            ("version", str(_VERSION)),
            ("job", json.dumps(self.job_file)),
            ("tenant", json.dumps(self.tenant)),
            ("name", json.dumps(self.job)),
            ("environment", json.dumps(self.environment)),
            ("state", json.dumps(self.state)),
            ("terraform", json.dumps(self.terraform)),
            ("providers", json.dumps(self.providers)),
            ("files", files),
            ("retired", json.dumps(self.retired)),
        ]
        return "{\n" + ",\n".join([f'  "{key}": {text}' for key, text in entries]) + "\n}\n"


def sha256(text: str | bytes) -> str:
    """The digest of a file's content as the manifest has it."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def manifest_of(plan: RootPlan, files: Mapping[str, str]) -> Manifest:
    """The manifest of a planned root.

    Args:
        plan: the root.
        files: name to text of its other files.
    """
    return Manifest(
        folder=plan.folder,
        job_file=plan.job_file,
        tenant=plan.tenant,
        job=plan.job,
        environment=plan.environment,
        state={
            "type": plan.backend.type,
            "address": plan.backend.address,
            "arguments": plan.backend.arguments,
        },
        terraform={
            "required_version": plan.required_version,
            "required_providers": {
                p.name: {"source": p.source, "version": p.version} for p in plan.required_providers
            },
        },
        providers={provider.name: _literal(provider) for provider in plan.providers},
        files={name: sha256(text) for name, text in files.items()},
    )


def _literal(provider: ProviderBlock) -> dict[str, Any]:
    """A provider without what refers to the tags: its tombstone has none."""
    arguments = {k: v for k, v in provider.arguments.items() if not isinstance(v, Reference)}
    blocks = {
        name: body
        for name, body in provider.blocks.items()
        if not any(isinstance(value, Reference) for value in body.values())
    }
    return {"arguments": arguments, "blocks": blocks}


def read(data: bytes, folder: str, file: str) -> Manifest:
    """Read a manifest.

    Args:
        data: the file's bytes.
        folder: the root below the output folder.
        file: the file, below the project folder, for errors.

    Raises:
        InputError: it is garbled (a conflict that was not resolved), from another version of
            dativo, or the folder is a copy of another root.
    """
    document = _document(data)
    version = document.get("version") if document else None
    if (
        document is None
        or version != _VERSION
        or set(document) != KEYS
        or not well_formed(document)
    ):
        garbled = not isinstance(version, int) or version <= _VERSION
        message = "this manifest is " + ("garbled" if garbled else "of a newer dativo")
        hint = (
            "restore it from git, or generate with --force" if garbled else "use that version here"
        )
        raise InputError(Problem("manifest", message, Place(file), hint))
    manifest = Manifest(
        folder=folder,
        job_file=document["job"],
        tenant=document["tenant"],
        job=document["name"],
        environment=document["environment"],
        state=document["state"],
        terraform=document["terraform"],
        providers=document["providers"],
        files=document["files"],
        retired=document["retired"],
    )
    belongs = f"{manifest.tenant}/{manifest.job}/{manifest.environment}"
    if folder != belongs:
        # Its state belongs to the other folder: as a tombstone this one would destroy that.
        message = f"this is the manifest of {belongs}, whose state it shares"
        hint = "a root is not copied or moved: remove this folder, and generate"
        raise InputError(Problem("copied-root", message, Place(file), hint))
    return manifest


def _document(data: bytes) -> dict[str, Any] | None:
    try:
        document = json.loads(data) if len(data) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None
