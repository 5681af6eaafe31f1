"""A team's month from an empty folder, with real git, Copier, pre-commit and Terraform."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from tests.scaffold.conftest import Shell
from tests.scaffold.laid_down import edit, read
from tests.user_environment import environment_of

pytestmark = [pytest.mark.deep, pytest.mark.terraform]

IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/etl:1.0.0"
WHO = ("--cost-center", "SHOP-1", "--owner", "shop@acme.example")
LOCAL = "backend:\n            type: local\n            path: terraform.tfstate\n"
# The template's hook installs dativo first, which tests/scaffold/test_hook_unstaged.py plays.
HOOK = """\
repos:
  - repo: local
    hooks:
      - id: dativo-generate
        name: generate Terraform roots
        language: system
        entry: dativo-hook
        always_run: true
        pass_filenames: false
"""
ROOT = "generated/acme"
MANY = 197  # beside the roots of three jobs, of which one has two


class Team(Shell):
    """A repository, and the stand-ins that its roots are applied with."""

    def landed(self, message: str, *, generate: bool = True) -> str:
        """Commit what is there, and return the comment on its pull request."""
        if generate:
            self.dativo("generate")
        self.commit_all(message)
        return self.dativo("diff", "--base", "HEAD~1", "--format", "markdown")

    def changed(self) -> str:
        """The roots that the last commit touches, as a pipeline lists them."""
        return self.dativo("changed", "--base", "HEAD~1")

    def terraform(self, root: str, *arguments: str) -> str:
        """Terraform in a root."""
        return self.run("terraform", f"-chdir={ROOT}/{root}", *arguments, "-no-color")

    def planned(self, root: str) -> str:
        """Init and plan a root, and return what it comes to."""
        self.terraform(root, "init", "-input=false")
        said = self.terraform(root, "plan", "-input=false")
        return str(re.findall(r"Plan: .*|No changes", said)[0])

    def applied(self, root: str) -> str:
        """Init and apply a root, and return what it did."""
        self.terraform(root, "init", "-input=false")
        said = self.terraform(root, "apply", "-input=false", "-auto-approve")
        return str(re.findall(r"Resources: (.*)", said)[0])


@pytest.fixture
def team(own_template: Shell, tmp_path: Path, mirror: Mirror, terraform_program: Terraform) -> Team:
    """The environment of everybody; Terraform finds the stand-ins in place of the registry."""
    variables = environment_of(own_template.environment, mirror.environment())
    path = os.pathsep.join((os.path.dirname(terraform_program.path), variables["PATH"]))
    return Team(str(tmp_path / "etl"), {**variables, "PATH": path})


def test_a_month(team: Team, own_template: Shell) -> None:
    """Each of a team sees what concerns them, and nothing is lost on the way."""
    _begins(team, own_template)
    _two_change_one_job(team)
    _applies(team)
    _gets_a_newer_module(team)
    _renames(team)
    _changes_a_runtime(team)
    _retires(team)
    _tags_two_hundred_roots(team)
    _raises_a_provider(team)
    _moves_on(team, own_template)


def _begins(team: Team, template: Shell) -> None:
    """The platform engineer lays the repository down; three jobs come, and the hook is on."""
    template.dativo(
        *("new", "project", team.folder, "--defaults", "--template", template.folder),
        *("--data", "ci=none"),
    )
    settings = Path(team.folder, "dativo.yaml")
    text, found = re.subn(
        r"backend:\n +type: s3\n +bucket: .*\n +region: .*\n", LOCAL, settings.read_text("utf-8")
    )
    assert found == 1
    settings.write_text(text, "utf-8")
    team.git("init", "--quiet", "--initial-branch", "main")
    told = team.dativo("new", "job", "visits", "--tenant", "acme", "--defaults", code=1)
    assert "--environment is missing" in told and "--runtime is missing" in told
    for name, kind in (("visits", "lambda"), ("clicks", "ecs_fargate")):
        team.dativo(
            *("new", "job", name, "--tenant", "acme", "--environment", "prod", "--defaults"),
            *("--runtime", kind, "--image", IMAGE, *WHO),
        )
    assert "4 roots: 4 created" in team.dativo("generate")
    team.commit_all("Three jobs")

    Path(team.folder, ".pre-commit-config.yaml").write_text(HOOK, "utf-8")
    team.run("pre-commit", "install")
    team.commit_all("Switch the hook on")
    edit(team, "jobs/acme/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    team.git("add", "jobs")
    stopped = team.git("commit", "--message", "Half of it", code=1)
    assert "generate Terraform roots" in stopped and f"{ROOT}/orders/prod/main.tf" in stopped
    team.git("add", "generated")
    assert "Passed" in team.git("commit", "--message", "Give orders more memory")
    team.run("pre-commit", "uninstall")  # it takes a second each time
    comment = team.dativo("diff", "--base", "HEAD~1", "--format", "markdown")
    assert "| input `memory_mib` | `2048` | `4096` | `generated/acme/orders/prod` |" in comment
    assert "jobs/acme/orders.yaml:" in comment


def _two_change_one_job(team: Team) -> None:
    """Two branches change one job and its root; git merges both, and generate settles digests."""
    team.git("switch", "--quiet", "--create", "later")
    edit(team, "jobs/acme/orders.yaml", '"0 2 * * *"', '"0 3 * * *"')
    team.landed("Start orders later")
    team.git("switch", "--quiet", "main")
    edit(team, "jobs/acme/orders.yaml", "LOG_LEVEL: info", "LOG_LEVEL: debug")
    team.landed("Log more")
    team.git("merge", "--quiet", "--no-edit", "later")
    team.landed("Generate after the merge")
    assert "4 roots up to date" in team.dativo("check")
    merged = read(team, f"{ROOT}/orders/prod/main.tf")
    assert "cron(0 3 * * ? *)" in merged and '"debug"' in merged


def _applies(team: Team) -> None:
    """Who applies sees what README told; a second plan is empty."""
    readme = read(team, f"{ROOT}/visits/prod/README.md")
    assert "| Alerts | none |" in readme and "| `aws_lambda_function` | 1 | yes |" in readme
    counts = re.findall(r"^\| `\w+` \| (\d+) \| (?:yes|none) \|$", readme, re.MULTILINE)
    made = sum(map(int, counts))
    assert team.applied("visits/prod") == f"{made} added, 0 changed, 0 destroyed."
    assert team.planned("visits/prod") == "No changes"
    assert team.applied("clicks/prod").endswith(" added, 0 changed, 0 destroyed.")
    team.landed("Lock the providers", generate=False)


def _gets_a_newer_module(team: Team) -> None:
    """No root's text changes, but the roots that call the module are to be planned."""
    edit(team, "modules/aws-ecs-fargate/names.tf", '"job"', '"task"')
    comment = team.landed("Another name for the container")
    assert "modules/aws-ecs-fargate" in comment and "modules/aws-ecs-fargate/names.tf:" in comment
    touched = team.changed()
    assert "visits" not in touched
    assert re.findall(r"^module +(\S+)", touched, re.MULTILINE) == [
        f"{ROOT}/{root}" for root in ("clicks/prod", "orders/dev", "orders/prod")
    ]
    assert team.applied("clicks/prod") == "1 added, 0 changed, 1 destroyed."


def _renames(team: Team) -> None:
    """A job gets another name; its state goes with it, and its plan destroys nothing."""
    told = team.dativo("rename", "clicks", "page-clicks")
    assert "moved     jobs/acme/clicks.yaml to jobs/acme/page-clicks.yaml" in told
    assert "Its resources keep their names" in told
    team.landed("Call clicks page-clicks")
    assert re.fullmatch(
        r"Plan: 0 to add, \d+ to change, 0 to destroy\.", team.planned("page-clicks/prod")
    )


def _changes_a_runtime(team: Team) -> None:
    """Another runtime is stopped first, since it destroys; meant, it is one apply."""
    edit(team, "jobs/acme/visits.yaml", "type: lambda", "type: ecs_fargate")
    stopped = team.dativo("generate", code=1)
    assert "would change its runtime.type from lambda to ecs_fargate" in stopped
    team.dativo("generate", "--change-runtime", "jobs/acme/visits.yaml")
    comment = team.landed("Run visits on Fargate", generate=False)
    assert "`modules/aws-lambda`" in comment and "`modules/aws-ecs-fargate`" in comment
    assert "`outputs.tf`" not in comment
    told = team.applied("visits/prod")
    assert re.fullmatch(r"\d+ added, 0 changed, \d+ destroyed\.", told)
    assert " 0 destroyed" not in told


def _retires(team: Team) -> None:
    """A job goes on purpose: reviewed, applied, and its folder removed when nothing is left."""
    told = team.dativo("retire", "page-clicks")
    many = re.findall(r"its next apply destroys (\d+) resources", told)[0]
    comment = team.landed("Retire page-clicks")
    assert f"{ROOT}/page-clicks/prod" in comment and "destroys" in comment
    kept = team.dativo("prune", code=1)
    assert "page-clicks" in kept
    assert team.applied("page-clicks/prod") == f"0 added, 0 changed, {many} destroyed."
    assert f"removed {ROOT}/page-clicks/prod" in team.dativo("prune")
    team.landed("Remove what is left of page-clicks")
    assert not Path(team.folder, ROOT, "page-clicks", "prod").exists()


def _tags_two_hundred_roots(team: Team) -> None:
    """One tag of the organisation over 200 roots: one row of the comment, and one file a root."""
    text = read(team, "jobs/acme/visits.yaml")
    for number in range(MANY):
        one = text.replace("name: visits", f"name: visits-{number:03}")
        Path(team.folder, "jobs", "acme", f"visits-{number:03}.yaml").write_text(one, "utf-8")
    team.landed("Many more")
    edit(team, "dativo.yaml", "\ndefaults:", "\ndefaults:\n  infrastructure: {tags: {unit: shop}}")
    comment = team.landed("Tag all with their unit")
    rows = [line for line in comment.splitlines() if line.startswith("| tag ")]
    assert len(rows) == 1 and "200 roots" in rows[0] and "dativo.yaml:" in rows[0]
    shown = [
        name
        for name in team.git("diff", "--name-only", "HEAD~1").splitlines()
        if not name.endswith(("README.md", ".dativo.json"))
    ]
    assert len(shown) == 201 and {Path(name).name for name in shown} == {"dativo.yaml", "locals.tf"}


def _raises_a_provider(team: Team) -> None:
    """One command moves a constraint in all roots, shows what that touches, and is reviewed."""
    told = team.dativo("upgrade", "--provider", "aws=~> 6.5")
    assert "constraint aws.version: ~> 6.0 -> ~> 6.5" in told
    assert "in 200 roots" in told and "dativo.yaml: terraform.providers.aws" in told
    comment = team.landed("Raise the provider", generate=False)
    rows = [line for line in comment.splitlines() if line.startswith("| constraint ")]
    assert len(rows) == 1 and "200 roots" in rows[0]


def _moves_on(team: Team, template: Shell) -> None:
    """The template brings newer modules; who has another dativo than the project is told."""
    edit(template, "templates/project/modules/aws-lambda/main.tf", "", "# Newer.\n")
    template.commit_all("newer")
    template.git("tag", "v99.0.0")
    team.git("checkout", "--quiet", "HEAD")
    team.run("copier", "update", "--quiet", "--defaults")
    assert read(team, "modules/aws-lambda/main.tf").startswith("# Newer.\n")
    assert '"task"' in read(team, "modules/aws-ecs-fargate/names.tf")  # the team's own change
    assert "visits-196" in read(team, "jobs/acme/visits-196.yaml")
    team.git("checkout", "--quiet", "--", "requirements.txt")
    settings = read(team, "dativo.yaml")
    wanted = re.sub(
        r"^required_version: .*", 'required_version: ">= 99.0"', settings, flags=re.MULTILINE
    )
    Path(team.folder, "dativo.yaml").write_text(wanted, "utf-8")
    told = team.dativo("generate", code=1)
    assert "this project wants dativo >= 99.0" in told and "pip install" in told
    Path(team.folder, "dativo.yaml").write_text(settings, "utf-8")
    assert "all unchanged" in team.dativo("generate")
