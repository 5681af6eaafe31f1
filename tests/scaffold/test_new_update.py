"""``copier update`` of what ``dativo new project`` laid down, with real tags."""

from __future__ import annotations

import os

import pytest

from generator import __version__
from tests.scaffold.conftest import Shell
from tests.scaffold.laid_down import edit, load, read

JOB = (
    *("--runtime", "ecs_fargate", "--tenant", "acme", "--environment", "dev"),
    *("--image", "registry.example/etl:1.0.0", "--cost-center", "A", "--owner", "a@acme.example"),
)


def test_update_merges_what_people_changed(own_template: Shell, tmp_path: os.PathLike[str]) -> None:
    """From the last tag to this one without --trust: files of the template that people changed keep
    their changes beside the template's, theirs stay theirs.
    """
    new = own_template.git("rev-parse", "HEAD").strip()
    edit(own_template, "templates/project/.gitignore.jinja", "crash.log\n", "")
    edit(own_template, "templates/project/modules/aws-emr/main.tf", "", "# Older.\n")
    os.unlink(os.path.join(own_template.folder, "templates/project/schemas/asset.schema.json"))
    own_template.commit_all("older")
    own_template.git("tag", "v0.0.9")
    project = Shell(os.path.join(tmp_path, "project"), own_template.environment)
    start = ("new", "project", project.folder, "--defaults", "--template", own_template.folder)
    own_template.dativo(*start, "--ref", "v0.0.9", "--data", "ci=none")
    assert not os.path.exists(os.path.join(project.folder, "schemas/asset.schema.json"))
    project.git("init", "--quiet")
    edit(project, ".gitignore", "", "# Ours.\nnotes/\n")
    edit(project, "modules/aws-emr/outputs.tf", "", "# Ours.\n")
    edit(project, "dativo.yaml", "style: pascal", "style: snake")
    project.dativo("new", "job", "visits", *JOB, "--defaults")
    project.dativo("generate")
    project.commit_all()
    own_template.git("checkout", "--quiet", new)
    own_template.git("commit", "--quiet", "--allow-empty", "--message", "newer")
    own_template.git("tag", "v98.0.0")

    said = project.run("copier", "update", "--defaults")

    assert "conflict" not in said.replace("conflict inline", "")
    ignored = read(project, ".gitignore")
    assert ignored.startswith("# Ours.\nnotes/\n") and "crash.log\n" in ignored
    assert read(project, "modules/aws-emr/outputs.tf").startswith("# Ours.\n")
    assert not read(project, "modules/aws-emr/main.tf").startswith("# Older.")
    assert "style: snake" in read(project, "dativo.yaml")
    assert os.path.exists(os.path.join(project.folder, "schemas/asset.schema.json"))
    assert load(project, ".copier-answers.yml")["_commit"] == "v98.0.0"
    project.dativo("generate")
    project.dativo("check")


@pytest.mark.deep
def test_update_of_what_came_from_a_wheel(own_template: Shell, tmp_path: os.PathLike[str]) -> None:
    """A repository from the package says what is missing; with the two lines it is updated."""
    project = Shell(os.path.join(tmp_path, "project"), own_template.environment)
    os.rename(os.path.join(own_template.folder, ".git"), git := os.path.join(tmp_path, "kept.git"))
    start = ("new", "project", project.folder, "--defaults", "--template", own_template.folder)
    own_template.dativo(*start)
    os.rename(git, os.path.join(own_template.folder, ".git"))
    answers = read(project, ".copier-answers.yml")
    assert own_template.folder not in answers and f"`_commit: v{__version__}`" in answers
    project.git("init", "--quiet")
    more = f"_commit: v{__version__}\n_src_path: {own_template.folder}\n"
    edit(project, ".copier-answers.yml", "account_id:", f"{more}account_id:")
    project.commit_all()
    edit(own_template, "templates/project/modules/aws-emr/main.tf", "", "# Newer.\n")
    own_template.commit_all("newer")
    own_template.git("tag", "v99.0.0")

    project.run("copier", "update", "--quiet", "--defaults")

    assert read(project, "modules/aws-emr/main.tf").startswith("# Newer.\n")
    assert "Before `copier update`" not in read(project, ".copier-answers.yml")
