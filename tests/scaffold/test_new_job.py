"""``dativo new job``: a job file that is valid at once, or everything that it lacks."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.cli import main
from generator.plan.runtimes.table import RUNTIMES
from tests.deep import sampled
from tests.packaging.checkout import ROOT
from tests.scaffold.conftest import PROGRAMS, Shell

COMMON = ("--tenant", "acme", "--environment", "dev", "--owner", "a@acme.example")
PAYS = ("--cost-center", "FIN-001", "--source", "postgres", "--target", "iceberg")
CONTAINER = ("--image", "registry.example/etl:1.0.0")
ECR = ("--image", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/etl:1.0.0")
OWN = ("--module-source", "./modules/own")
NODES = ("--entry-point", "/Shared/orders", "--release", "15.4.x-scala2.12")
WORKSPACE = ("--databricks-host", "https://acme.cloud.databricks.com", *NODES)
SUBNET = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/data-jobs/providers"
# What each runtime needs beyond the common: what the command itself says is missing.
NEEDS = {
    ("aws", "ecs_fargate"): CONTAINER,
    ("aws", "emr"): ("--entry-point", "s3://acme-code/orders.py"),
    ("aws", "lambda"): ECR,
    ("gcp", "cloud_run_job"): CONTAINER,
    ("gcp", "cloud_function"): (
        *("--entry-point", "main", "--release", "python312", "--code", "gs://acme-code/o.zip"),
    ),
    ("gcp", "gke"): (*CONTAINER, "--vpc", "data", "--subnet", "data-west"),
    ("azure", "container_apps_job"): CONTAINER,
    ("azure", "aks"): (
        *CONTAINER,
        *("--subnet", f"{SUBNET}/Microsoft.Network/virtualNetworks/data/subnets/aks"),
        *("--variable", "admin_group_object_ids=[11111111-2222-3333-4444-555555555555]"),
    ),
    ("aws", "databricks"): (*WORKSPACE, "--instance-type", "m6i.xlarge"),
    ("gcp", "databricks"): (*WORKSPACE, "--instance-type", "n2-standard-4"),
    ("azure", "databricks"): (*WORKSPACE, "--instance-type", "Standard_D4s_v5"),
    **{
        (cloud, "kubernetes"): (*CONTAINER, "--cluster-name", "shared")
        for cloud in ("aws", "gcp", "azure")
    },
    **{
        (cloud, kind): OWN for cloud in ("aws", "gcp", "azure") for kind in ("spark", "ray", "dask")
    },
}
OWN_MODULE = 'variable "tags" {\n  description = "Tags."\n  type        = map(string)\n}\n'


class Said:
    """What a command in this process came to."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs dativo in this process."""

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        try:
            code = main(list(arguments))
        except SystemExit as error:  # the parser's
            code = int(str(error.code))
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture(scope="module")
def projects(
    laid_down: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """A new repository on each cloud, with a module of its own beside ours, which are all there."""
    ours = shutil.ignore_patterns("examples", "tests")
    found = {}
    for cloud in ("aws", "gcp", "azure"):
        folder = str(tmp_path_factory.mktemp(cloud) / "project")
        shutil.copytree(laid_down(cloud=cloud), folder)
        shutil.copytree(
            os.path.join(ROOT, "modules"), f"{folder}/modules", ignore=ours, dirs_exist_ok=True
        )
        os.makedirs(os.path.join(folder, "modules/own"))
        Path(folder, "modules/own/variables.tf").write_text(OWN_MODULE, encoding="utf-8")
        found[cloud] = folder
    return found


def test_each_runtime_is_here() -> None:
    """The table above has every runtime on every cloud."""
    assert set(NEEDS) == set(RUNTIMES)


@pytest.mark.parametrize(("cloud", "kind"), sorted(NEEDS))
def test_what_is_missing_is_told_and_enough(
    run: Run, projects: dict[str, str], cloud: str, kind: str
) -> None:
    """For every runtime: a bare job is told each option that it lacks, and with these it is valid
    at once, without a warning; nothing is written before.
    """
    project, needs = projects[cloud], NEEDS[cloud, kind]
    name = f"new-{kind.replace('_', '-')}"
    new = ("new", "job", name, "--project", project, "--runtime", kind, "--defaults")
    file = Path(project, f"jobs/acme/{name}.yaml")

    bare = run(*new)

    assert bare.code == 1 and not file.exists()
    lacking = {line.split()[1].rstrip(":") for line in bare.err.splitlines() if "error: --" in line}
    options = {word for word in (*COMMON, *PAYS, *needs) if word.startswith("--")}
    assert lacking <= options and set(needs[::2]) - lacking <= {"--variable"}, bare.err

    done = run(*new, *COMMON, *PAYS, *needs)

    assert (done.code, done.err) == (0, ""), done.err
    validated = run("validate", "--project", project, "--format", "json", str(file))
    assert (validated.code, json.loads(validated.out)["problems"]) == (0, []), validated.out
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/job.schema.json\n# ")
    assert "region:" not in text  # dativo.yaml has it


def test_generates_at_once(projects: dict[str, str], template: Shell) -> None:
    """What it says to do next works: the roots are written and checked."""
    shell = Shell(projects["gcp"], template.environment)
    new = ("new", "job", "visits", *COMMON, *PAYS, *CONTAINER, "--environment", "prod")
    said = shell.dativo(*new, "--runtime", "cloud_run_job", "--defaults")

    shell.run("sh", "-c", said.split("Next:\n")[1].split("\n")[0].strip())

    shell.dativo("check", "jobs/acme/visits.yaml")
    for environment in ("dev", "prod"):
        assert f"generated/acme/visits/{environment}" in said
        assert os.path.isfile(
            os.path.join(shell.folder, f"generated/acme/visits/{environment}/main.tf")
        )
    document = yaml.safe_load(Path(shell.folder, "jobs/acme/visits.yaml").read_text())
    assert document["environments"] == {"dev": {}, "prod": {}}
    assert "environment" not in document


def test_no_file_is_overwritten_and_no_job_doubled(run: Run, projects: dict[str, str]) -> None:
    """What is there stays, under another ending or case too; another file of the same identity, and
    of the same state, is found before anything is written.
    """
    project = projects["gcp"]
    folder = Path(project, "jobs/acme")
    (folder / "elsewhere.yml").write_text(
        (folder / "orders.yaml").read_text().replace("name: orders\n", "name: taken\n"),
        encoding="utf-8",
    )
    before = sorted(os.listdir(folder))
    needs = ("--runtime", "cloud_run_job", *COMMON, *PAYS, *CONTAINER, "--defaults")

    said = {
        name: run("new", "job", name, "--project", project, *needs)
        for name in ("orders", "Orders", "elsewhere", "taken")
    }

    assert {done.code for done in said.values()} == {1}
    for name in ("orders", "Orders"):
        assert "jobs/acme/orders.yaml is there already" in said[name].err
    assert "jobs/acme/elsewhere.yml is there already" in said["elsewhere"].err
    assert "jobs/acme/elsewhere.yml already is tenant acme, job taken, environment dev" in (
        said["taken"].err
    )
    assert sorted(os.listdir(folder)) == before
    (folder / "elsewhere.yml").unlink()


def test_every_mistake_by_its_option(run: Run, projects: dict[str, str]) -> None:
    """Names, values, sizes, an asset and an option without effect are all told in one run."""
    project = projects["aws"]
    bad = ("--tenant", "ü x", "--environment", "dev", "--environment", "dev", "--asset", "ordrs")
    wrong = ("--memory", "1Gi", "--schedule", "0 3 * *", "--instance-type", "m6i.xlarge", *ECR)

    done = run("new", "job", "a b", "--project", project, "--runtime", "ecs_fargate", *bad, *wrong)
    typed = run("new", "job", "x", "--project", project, "--env", "A", "--image", " ")
    other = run("new", "job", "x", "--project", project, "--runtime", "gke", "--provider", "aws")
    option = run("new", "job", "--imgae", "x")

    for text in (
        'NAME: the job name "a b" may hold only',
        '--tenant: the tenant name "ü x"',
        "--environment dev is given twice",
        "--asset ordrs: there is no such asset (did you mean orders?",
        "--memory: Fargate has no 1024 MiB with 1 vCPU",
        '--schedule: "cron" has 4 fields',
        "--instance-type: ",
        '--owner: tag "owner" is required',
    ):
        assert f"error: {text}" in done.err, (text, done.err)
    assert "--env A: write KEY=VALUE" in typed.err and "--image is empty" in typed.err
    assert "--runtime: aws has no runtime gke" in other.err
    assert "dativo new job: unknown option --imgae; did you mean --image?" in option.err
    assert {done.code, typed.code, other.code, option.code} == {1}
    assert os.listdir(os.path.join(project, "jobs")) == ["acme"]


def test_dry_run_writes_nothing(run: Run, projects: dict[str, str]) -> None:
    """The files are shown as they would be, an asset that is made among them."""
    project = projects["gcp"]
    needs = ("--runtime", "cloud_run_job", *COMMON, *PAYS, *CONTAINER, "--defaults")
    asset = ("--asset", "clicks", "--new-asset", "--description", "Clicks,\nnightly.")

    done = run("new", "job", "clicks", "--project", project, *needs, *asset, "--dry-run")

    assert (done.code, done.err) == (0, "")
    assert "--- jobs/acme/clicks.yaml\n" in done.out and "# Clicks, nightly.\n" in done.out
    assert "--- assets/postgres/v1.0/clicks.yaml\n" in done.out
    for file in ("jobs/acme/clicks.yaml", "assets/postgres"):
        assert not os.path.exists(os.path.join(project, file))


def test_without_settings(run: Run, tmp_path: Path) -> None:
    """A folder with nothing in it is asked for everything, region and account too."""
    done = run("new", "job", "x", "--project", str(tmp_path), "--runtime", "lambda", *COMMON)

    assert done.code == 1 and "--region" in done.err and "--image" in done.err
    assert os.listdir(tmp_path) == []


def test_a_folder_that_takes_no_file(projects: dict[str, str], template: Shell) -> None:
    """What cannot be written is named, and neither the asset nor its folders are left."""
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root writes anywhere, and there is no setpriv")
    rights = "-dac_override,-dac_read_search"
    as_user = ("setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}")
    dativo = (*(as_user if os.geteuid() == 0 else ()), os.path.join(PROGRAMS, "dativo"))
    shell = Shell(projects["gcp"], template.environment)
    new = ("new", "job", "unwritten", "--runtime", "cloud_run_job", *COMMON, *PAYS, *CONTAINER)
    jobs = Path(shell.folder, "jobs/acme")
    jobs.chmod(0o555)
    try:
        said = shell.run(*dativo, *new, "--asset", "nobody", "--new-asset", code=1)
    finally:
        jobs.chmod(0o755)

    assert "cannot write jobs/acme/unwritten.yaml" in said
    assert os.listdir(os.path.join(shell.folder, "assets")) == ["shop"]


@pytest.mark.terraform
@pytest.mark.parametrize(
    ("cloud", "kind"),
    sampled({"aws": ("aws", "lambda"), "gcp": ("gcp", "cloud_function")}, "gcp"),
)
def test_terraform_takes_the_root(
    projects: dict[str, str], template: Shell, cloud: str, kind: str
) -> None:
    """Terraform plans, applies and destroys the root of a new job, on stand-in providers."""
    shell = Shell(projects[cloud], template.environment)
    name = f"real-{kind.replace('_', '-')}"
    new = ("new", "job", name, "--runtime", kind, *COMMON, *PAYS, *NEEDS[cloud, kind])
    shell.dativo(*new, "--defaults")
    shell.dativo("generate", f"jobs/acme/{name}.yaml")

    shell.dativo("rehearse", f"generated/acme/{name}/dev")
