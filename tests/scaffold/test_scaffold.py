"""What ``copier copy`` of this repository lays down."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import jsonschema
import pytest

from tests.deep import sampled
from tests.packaging.checkout import ROOT
from tests.scaffold.conftest import LayDown, Shell, committed_copy
from tests.scaffold.laid_down import load, open_text, read

CLOUDS = ("aws", "gcp", "azure")


def files(folder: str) -> list[str]:
    """Every file below a folder, with forward slashes; git's own left out."""
    found = []
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        found += [os.path.relpath(os.path.join(top, name), folder) for name in names]
    return sorted(name.replace(os.sep, "/") for name in found)


@pytest.mark.parametrize("cloud", CLOUDS)
def test_generates_at_once(lay_down: LayDown, cloud: str) -> None:
    """Laid down with every default, a repository generates and checks on each cloud."""
    project = lay_down(cloud=cloud)

    project.dativo("generate")

    project.dativo("check")
    for environment in ("dev", "prod"):
        assert f"generated/acme/orders/{environment}/main.tf" in files(project.folder)
    before = {name: read(project, name) for name in files(project.folder)}
    project.dativo("generate")
    assert {name: read(project, name) for name in files(project.folder)} == before


@pytest.mark.parametrize("cloud", CLOUDS)
def test_no_warnings(lay_down: LayDown, cloud: str) -> None:
    """The example job is a good example: not even a warning."""
    report = json.loads(lay_down(cloud=cloud).dativo("validate", "--format", "json"))

    assert report["problems"] == []


def test_files(lay_down: LayDown) -> None:
    """The files that a new repository starts with, modules aside."""
    project = lay_down()

    assert [f for f in files(project.folder) if f.split("/")[0] not in ("modules", "schemas")] == [
        ".copier-answers.yml",
        ".gitattributes",
        ".github/CODEOWNERS",
        ".github/workflows/dativo-drift.yml",
        ".github/workflows/dativo.yml",
        ".gitignore",
        ".pre-commit-config.yaml",
        "README.md",
        "assets/shop/v1.0/orders.yaml",
        "dativo.yaml",
        "jobs/acme/orders.yaml",
        "requirements.txt",
    ]


def test_modules_are_a_copy_of_ours(home: str, tmp_path: Path) -> None:
    """A repository holds real files of its own: modules without their tests, and schemas."""
    template = committed_copy(str(tmp_path / "template"), home)
    project = Shell(str(tmp_path / "project"), template.environment)
    template.run("copier", "copy", "--quiet", "--defaults", template.folder, project.folder)

    for folder in ("modules", "schemas"):
        ours = [
            name
            for name in files(os.path.join(template.folder, folder))
            if "/tests/" not in name and name != "interfaces.json"
        ]
        assert files(os.path.join(project.folder, folder)) == ours
        for name in ours:
            path = os.path.join(project.folder, folder, name)
            assert not os.path.islink(path)
            assert read(project, f"{folder}/{name}") == read(template, f"{folder}/{name}")
    assert not os.path.islink(os.path.join(project.folder, "modules"))


def test_without_symbolic_links(template: Shell, tmp_path: Path) -> None:
    """Git for Windows lays down no links and gives text CRLF: neither harms a new repository."""
    home = tmp_path / "home"
    home.mkdir()
    settings = open_text(template.environment["GIT_CONFIG_GLOBAL"])
    (home / ".gitconfig").write_text(
        f"{settings}[core]\n\tsymlinks = false\n\tautocrlf = true\n", encoding="utf-8"
    )
    windows = {**template.environment, "GIT_CONFIG_GLOBAL": str(home / ".gitconfig")}
    shell = Shell(str(tmp_path), windows)
    shell.git("clone", "--quiet", template.folder, "clone")
    assert "120000" not in shell.git("-C", "clone", "ls-files", "--stage", "templates")
    copy = ("copier", "copy", "--quiet", "--defaults", "--data", "commit_hook=script")
    shell.run(*copy, str(tmp_path / "clone"), str(tmp_path / "project"))
    project = Shell(str(tmp_path / "project"), windows)
    project.git("init", "--quiet")
    project.dativo("generate")
    project.commit_all()

    again = Shell(str(tmp_path / "again"), windows)
    shell.git("clone", "--quiet", project.folder, again.folder)

    assert b"\r" not in (tmp_path / "again/hooks/pre-commit").read_bytes()
    assert again.dativo("check") == "2 roots up to date\n"
    again.run("sh", "-n", "hooks/pre-commit")


@pytest.mark.parametrize("cloud", CLOUDS)
def test_no_template_is_left(lay_down: LayDown, cloud: str) -> None:
    """Nothing that Copier should have filled in remains, and nothing is said twice blank."""
    project = lay_down(cloud=cloud)

    for name in files(project.folder):
        if name.split("/")[0] in ("modules", "schemas"):
            continue
        text = read(project, name)
        assert not name.endswith(".jinja")
        assert "{{" not in text.replace("${{", "") and "{%" not in text
        assert text.endswith("\n") and not text.endswith("\n\n")
        assert "\n\n\n" not in text
        assert not [line for line in text.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("cloud", CLOUDS)
def test_example_keeps_to_the_schemas(lay_down: LayDown, cloud: str) -> None:
    """The modelines name schemas that exist, and the files keep to them."""
    project = lay_down(cloud=cloud)

    for name in ("dativo.yaml", "jobs/acme/orders.yaml"):
        modeline = read(project, name).splitlines()[0]
        assert modeline.startswith("# yaml-language-server: $schema=")
        path = os.path.join(os.path.dirname(name), modeline.split("=", 1)[1])
        assert os.path.isfile(os.path.join(project.folder, path))
    schema = json.loads(read(project, "schemas/job.schema.json"))
    jsonschema.Draft202012Validator(schema).validate(load(project, "jobs/acme/orders.yaml"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("organisation", "Acme Inc."),
        ("organisation", "a" * 31),
        ("tenant", "../../etc"),
        ("tenant", "é"),
        ("region", "eu central"),
        ("account_id", "1234"),
        ("vpc_id", "vpc-\n"),
        ("subnet_id", "subnet"),
        ("state_bucket", "UPPER"),
        ("data_bucket", "x"),
        ("image", "etl"),
        ("owner", " "),
        ("cost_center", ""),
        ("project_name", ""),
    ],
)
def test_wrong_answers(template: Shell, tmp_path: Path, question: str, answer: str) -> None:
    """An answer that could not work is refused by name, and nothing is laid down."""
    # The questions are enough: answers are judged before anything is rendered.
    (tmp_path / "questions").mkdir()
    shutil.copyfile(Path(ROOT, "copier.yml"), tmp_path / "questions/copier.yml")
    project = str(tmp_path / "project")
    command = ("copier", "copy", "--quiet", "--defaults", "--data", f"{question}={answer}")

    said = template.run(*command, str(tmp_path / "questions"), project, code=1)

    assert question in said
    assert files(project) == []


def test_answers_stay_what_they_are(lay_down: LayDown) -> None:
    """Free text reaches the files as it was typed, and so does what YAML takes for a boolean."""
    odd = 'it\'s "a": {{ 7 * 7 }} #1 \\ ünïcode'
    project = lay_down(project_name=odd, owner="no", cost_center="0123", tenant="on")

    assert load(project, "jobs/on/orders.yaml")["finops"]["project"] == odd
    assert load(project, "jobs/on/orders.yaml")["finops"]["cost_center"] == "0123"
    assert load(project, "jobs/on/orders.yaml")["tenant_id"] == "on"
    assert load(project, "assets/shop/v1.0/orders.yaml")["team"]["owner"] == "no"
    assert read(project, "README.md").startswith(f"# {odd}\n")


@pytest.mark.parametrize(
    ("hook", "present", "absent"),
    [
        ("pre-commit", [".pre-commit-config.yaml"], ["hooks/pre-commit"]),
        ("script", ["hooks/pre-commit"], [".pre-commit-config.yaml"]),
        ("none", [], [".pre-commit-config.yaml", "hooks/pre-commit"]),
    ],
)
def test_choice_of_hook(
    lay_down: LayDown, hook: str, present: list[str], absent: list[str]
) -> None:
    """Only the chosen hook is laid down, and the plain one can be run."""
    project = lay_down(commit_hook=hook)

    found = files(project.folder)
    assert set(present) <= set(found) and not set(absent) & set(found)
    if hook == "script":
        assert os.access(os.path.join(project.folder, "hooks/pre-commit"), os.X_OK)
        assert read(project, "hooks/pre-commit") == open_text(
            os.path.join(ROOT, "hooks/pre-commit")
        )


def test_no_ci(lay_down: LayDown) -> None:
    """Who wants no check in CI gets none."""
    assert not [
        f for f in files(lay_down(ci="none").folder) if f.startswith((".github", ".gitlab"))
    ]


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_code_owners(lay_down: LayDown, ci: str) -> None:
    """What others hold jobs to is owned apart from them, and what is owned is there."""
    project = lay_down(ci=ci)
    project.dativo("generate")
    lines = read(project, f".{ci}/CODEOWNERS").splitlines()
    owned = dict(line.split() for line in lines if not line.startswith("#"))
    assert all(os.path.exists(project.folder + path) for path in owned)
    held = {"/dativo.yaml", "/modules/", "/generated/", f"/.{ci}/"}
    assert {path for path, owner in owned.items() if owner == "@acme/platform"} >= held
    assert owned["/jobs/acme/"] == "@acme/data"


@pytest.mark.parametrize(
    ("ci", "cloud"),
    sampled(
        {
            "github-aws": ("github", "aws"),
            "github-gcp": ("github", "gcp"),
            "github-azure": ("github", "azure"),
            "gitlab-gcp": ("gitlab", "gcp"),
        },
        *("github-aws", "gitlab-gcp"),
    ),
)
def test_the_pipelines_are_those_that_dativo_writes(ci: str, cloud: str, lay_down: LayDown) -> None:
    """What is laid down is what ``dativo ci`` writes there, so that check has nothing to say."""
    project = lay_down(ci=ci, cloud=cloud)
    project.dativo("generate")
    assert project.dativo("ci", ci) == f"the pipelines of {ci} are up to date\n"
    project.dativo("check")
