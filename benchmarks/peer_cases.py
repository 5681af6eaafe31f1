"""Other tools on the roots of the same corpus, each a whole process that writes all of them.

See ``material`` for what they are handed. Their programs are in ``peers/``, and run in the
environment of ``requirements/benchmarks.txt``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from typing import Any

from benchmarks.cases import OUTPUT, Case, Place
from benchmarks.corpus import TOP
from benchmarks.material import Root, kinds, material, template, write_json
from benchmarks.programs import HERE, Call, found

BIN = os.path.join(TOP, ".venv-benchmarks", "bin")
_WORKERS = "2"
# What reclass would take for a reference.
_REFERENCE = re.compile(r"[$][{[]")


def _roots(place: Place) -> list[Root]:
    """The material of a place, made once, with the kind of each root."""
    path = place.at("material.json")
    if not os.path.exists(path):
        roots = material(place.warm)
        kinds(roots)
        write_json(roots, path)
    with open(path, encoding="utf-8") as stream:
        loaded: list[Root] = json.load(stream)
    return loaded


def _templates(place: Place, name: str, lines: str, more: Callable[[str], str]) -> str:
    """A folder of templates for each kind of root; returns the folder that they are in.

    Args:
        place: where to.
        name: of the folder.
        lines: the expression for the lines of a file, with %s for its name.
        more: makes what the tool wants beside; gets the folder of a kind, and returns the one
            in which the templates of its files lie.
    """
    top = place.at(name)
    if os.path.exists(top):
        return top
    for kind, files in kinds(_roots(place)).items():
        inside = more(os.path.join(top, kind))
        os.makedirs(inside, exist_ok=True)
        for file in files:
            # Kapitan passes over files whose names start with a dot.
            shown = file.removeprefix(".") if name.startswith("kapitan") else file
            with open(os.path.join(inside, shown), "w", encoding="utf-8") as stream:
                stream.write(template(lines % json.dumps(file)))
    return top


def _program(place: Place, name: str, *arguments: str) -> Call:
    command = [os.path.join(BIN, "python"), os.path.join(HERE, "peers", f"{name}.py")]
    return Call([*command, *arguments], place.at("."))


def _copier(place: Place) -> Call:
    def settings(folder: str) -> str:
        os.makedirs(folder)
        with open(os.path.join(folder, "copier.yml"), "w", encoding="utf-8") as stream:
            stream.write('_templates_suffix: ""\n')
        return folder

    _roots(place)
    templates = _templates(place, "copier", "files[%s]", settings)
    target = place.fresh("copier")
    return _program(place, "run_copier", place.at("material.json"), templates, target)


def _cookiecutter(place: Place) -> Call:
    def settings(folder: str) -> str:
        os.makedirs(folder)
        write_json({"folder": "", "_files": {}}, os.path.join(folder, "cookiecutter.json"))
        return os.path.join(folder, "{{cookiecutter.folder}}")

    _roots(place)
    templates = _templates(place, "cookiecutter", "cookiecutter._files[%s]", settings)
    target = place.fresh("cookiecutter")
    return _program(place, "run_cookiecutter", place.at("material.json"), templates, target)


def _kapitan(place: Place) -> Call:
    """Kapitan with the inventory in Rust; a root is a target."""
    top = place.at("kapitan")
    if not os.path.exists(top):
        _templates(place, "kapitan/templates", "inventory.parameters.files[%s]", lambda path: path)
        for root in _roots(place):
            write_json(
                {"classes": [], "parameters": _parameters(root)},
                os.path.join(top, "inventory", "targets", f"{_flat(root)}.yml"),
            )
        os.makedirs(os.path.join(top, "inventory", "classes"))
    command = [os.path.join(BIN, "kapitan"), "compile", "--parallelism", _WORKERS]
    target = place.fresh("kapitan")
    options = ["--inventory-backend", "reclass-rs", "--output-path", target]
    return Call([*command, *options], top)


def _parameters(root: Root) -> dict[str, Any]:
    texts = json.dumps(root["files"])
    return {
        "files": json.loads(_REFERENCE.sub(lambda match: "\\\\" + match[0], texts)),
        "kapitan": {
            "vars": {"target": _flat(root)},
            "compile": [
                {
                    "output_path": ".",
                    "input_type": "jinja2",
                    "input_paths": [f"templates/{root['kind']}"],
                }
            ],
        },
    }


def _flat(root: Root) -> str:
    """A root's folder as one name."""
    return str(root["folder"]).replace("/", "__")


def _cdktn(place: Place) -> Call:
    path = place.at("documents.json")
    if not os.path.exists(path):
        from benchmarks.documents import documents

        write_json(documents(os.path.join(place.warm, OUTPUT)), path)
    return _program(place, "run_cdktn", path, place.fresh("cdktn"))


def _terramate(place: Place) -> Call:
    """Terramate; a root is a stack, which it writes in place."""
    top = place.at("terramate")
    if not os.path.exists(top):
        for root in _roots(place):
            _write_stack(os.path.join(top, root["folder"]), root)
        names = sorted({name for root in _roots(place) for name in root["files"]})
        with open(os.path.join(top, "files.tm.hcl"), "w", encoding="utf-8") as stream:
            for name in names:
                stream.write(
                    f'generate_file "{name}" {{\n'
                    f'  condition = tm_can(global.files["{name}"])\n'
                    f'  content   = tm_join("\\n", global.files["{name}"])\n}}\n'
                )
    target = shutil.copytree(top, place.fresh("terramate"))
    return Call([found("terramate") or "terramate", "generate"], target)


def _write_stack(folder: str, root: Root) -> None:
    os.makedirs(folder)
    with open(os.path.join(folder, "stack.tm.hcl"), "w", encoding="utf-8") as stream:
        stream.write(
            f"stack {{\n  name = {json.dumps(_flat(root))}\n}}\nglobals {{\n  files = {{\n"
        )
        for name, lines in root["files"].items():
            texts = [_quoted(_whole(line)) for line in [*lines, {"text": ""}]]
            stream.write(f"    {json.dumps(name)} = [{', '.join(texts)}]\n")
        stream.write("  }\n}\n")


def _whole(line: dict[str, Any]) -> str:
    if "key" not in line:
        return str(line["text"])
    return f"{line['margin']}{line['key']:<{line['width']}} = {line['value']}"


def _quoted(text: str) -> str:
    """A literal of HCL."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


_KAPITAN = os.path.join(BIN, "kapitan")
PEERS = (
    Case("copier", "Copier, once a root", _copier, os.path.join(BIN, "copier")),
    Case("cookiecutter", "Cookiecutter, once a root", _cookiecutter, f"{BIN}/cookiecutter"),
    Case("kapitan", "Kapitan, inventory by reclass-rs, two processes", _kapitan, _KAPITAN),
    Case("cdktn", "CDK Terrain, a stack a root", _cdktn, os.path.join(BIN, "kapitan")),
    Case("terramate", "Terramate, a stack a root", _terramate, "terramate"),
)
