"""What a new repository pins and checks, and how it is updated."""

from __future__ import annotations

import os
import sys

import pytest
import yaml

from generator import __version__
from tests.packaging.checkout import ROOT
from tests.scaffold.conftest import LayDown, Shell
from tests.scaffold.laid_down import edit, load, open_text, read


def test_pins_what_it_came_from(lay_down: LayDown, template: Shell) -> None:
    """Hook and requirements name the repository and the tag that were copied."""
    project = lay_down()

    hook = load(project, ".pre-commit-config.yaml")["repos"][0]
    assert (hook["repo"], hook["rev"]) == (template.folder, f"v{__version__}")
    requirement = read(project, "requirements.txt").splitlines()[-1]
    assert requirement == f"git+file://{template.folder}@v{__version__}#egg=dativo-generator"


@pytest.mark.deep
def test_the_oldest_pip_takes_what_is_pinned(lay_down: LayDown, tmp_path: os.PathLike[str]) -> None:
    """Python 3.11 came with pip 22.3, which reads no file address after a name."""
    project = lay_down()
    python = os.path.join(tmp_path, "old", "Scripts" if os.name == "nt" else "bin", "python")
    project.run(sys.executable, "-m", "venv", "--without-pip", os.path.join(tmp_path, "old"))
    project.run("uv", "pip", "install", "--quiet", "--python", python, "pip==22.3")

    said = project.run(
        *(python, "-m", "pip", "install", "--no-deps", "--dry-run", "--no-cache-dir"),
        *("--disable-pip-version-check", "-r", "requirements.txt"),
    )

    assert f"Would install dativo-generator-{__version__}" in said


def test_pins_a_commit_without_tag(own_template: Shell, tmp_path: os.PathLike[str]) -> None:
    """Between two tags the commit itself is pinned: what `git describe` says cannot be fetched."""
    own_template.git("commit", "--quiet", "--allow-empty", "--message", "later")
    project = Shell(os.path.join(tmp_path, "project"), own_template.environment)

    copy = ("copier", "copy", "--quiet", "--defaults", "--vcs-ref", "HEAD")
    own_template.run(*copy, own_template.folder, project.folder)

    commit = own_template.git("rev-parse", "HEAD").strip()
    assert load(project, ".pre-commit-config.yaml")["repos"][0]["rev"] == commit
    assert f"@{commit}#egg" in read(project, "requirements.txt")


@pytest.mark.parametrize(
    ("address", "requirement"),
    [
        ("gh:acme/dativo", "dativo-generator @ git+https://github.com/acme/dativo@v1.2.3"),
        (
            "git+https://git.example/acme/dativo.git",
            "dativo-generator @ git+https://git.example/acme/dativo.git@v1.2.3",
        ),
        (
            "git@github.com:acme/dativo.git",
            "dativo-generator @ git+ssh://git@github.com/acme/dativo.git@v1.2.3",
        ),
        ("https://git.example/x", "dativo-generator @ git+https://git.example/x@v1.2.3"),
        ("/srv/my x", "git+file:///srv/my%20x@v1.2.3#egg=dativo-generator"),
        ("file:///srv/my%20x", "git+file:///srv/my%20x@v1.2.3#egg=dativo-generator"),
        ("C:\\src\\x", "git+file:///C:/src/x@v1.2.3#egg=dativo-generator"),
    ],
)
def test_addresses(address: str, requirement: str) -> None:
    """Every way to name a repository for Copier becomes one that pip understands."""
    from jinja2 import Environment

    environment = Environment(
        extensions=["jinja2_ansible_filters.AnsibleCoreFiltersExtension"],
        keep_trailing_newline=True,
    )
    template = environment.from_string(
        open_text(os.path.join(ROOT, "templates/project/requirements.txt.jinja"))
    )

    text = template.render(
        _copier_answers={"_commit": "v1.2.3", "_src_path": address}, _copier_conf={}
    )

    assert text.splitlines()[-1] == requirement


def test_version_of_the_template() -> None:
    """The version that copier.yml falls back to is the one in generator/__init__.py."""
    questions = yaml.safe_load(open_text(os.path.join(ROOT, "copier.yml")))

    assert questions["dativo_version"]["default"] == __version__


def test_needs_no_trust() -> None:
    """The template runs no program, so that nobody has to trust it."""
    keys = yaml.safe_load(open_text(os.path.join(ROOT, "copier.yml")))

    assert not {"_tasks", "_migrations", "_jinja_extensions"} & set(keys)


def test_the_check_in_ci(lay_down: LayDown) -> None:
    """The last command of the workflow finds nothing to say, and stops a stale root."""
    project = lay_down()
    project.dativo("generate")
    workflow = load(project, ".github/workflows/dativo.yml")
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert steps[0] == 'pip install --requirement "requirements.txt"'
    program, *arguments = steps[-1].split()
    assert program == "dativo"

    project.dativo(*arguments)

    path = os.path.join(project.folder, "jobs/acme/orders.yaml")
    text = open_text(path)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text.replace("memory: 2Gi", "memory: 4Gi"))
    project.dativo(*arguments, code=2)


@pytest.mark.deep
def test_update(own_template: Shell, tmp_path: os.PathLike[str]) -> None:
    """`copier update` brings new modules and the new version, and leaves jobs alone."""
    project = Shell(os.path.join(tmp_path, "project"), own_template.environment)
    own_template.run("copier", "copy", "-q", "--defaults", own_template.folder, project.folder)
    edit(project, "jobs/acme/orders.yaml", "cpu: 1", "cpu: 2")
    project.git("init", "--quiet")
    project.commit_all()
    edit(own_template, "templates/project/modules/aws-ecs-fargate/main.tf", "", "# Newer.\n")
    edit(own_template, "templates/project/jobs/{{ tenant }}/orders.yaml.jinja", "INFO", "debug")
    own_template.commit_all("newer")
    own_template.git("tag", "v99.0.0")

    project.run("copier", "update", "--quiet", "--defaults")

    assert read(project, "modules/aws-ecs-fargate/main.tf").startswith("# Newer.\n")
    assert "@v99.0.0#egg" in read(project, "requirements.txt")
    assert load(project, "jobs/acme/orders.yaml")["infrastructure"]["runtime"]["cpu"] == 2
    assert "debug" not in read(project, "jobs/acme/orders.yaml")
