"""``dativo adopt``: a root that somebody wrote becomes a job, and nothing differs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.moving.conftest import tree
from tests.moving.hand_written import JOB, MAIN, MORE, VALUES
from tests.repository import TOP, Repository

HAND, FILE = "infra/refunds", "jobs/acme/refunds.yaml"
ROOT = "generated/acme/refunds/prod"
EXTRA = f"{ROOT}/adopted_extra.tf"


@pytest.fixture
def written(repository: Repository) -> Repository:
    """A project with a hand-written root and no job."""
    repository.write(f"{HAND}/main.tf", MAIN)
    repository.write(f"{HAND}/more.tf", MORE)
    repository.write(f"{HAND}/terraform.tfvars", VALUES)
    return repository


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository without jobs."""
    return Repository(tmp_path / "project", capsys)


def adopt(repository: Repository, *options: str) -> tuple[int, str, str]:
    """Run the command on the hand-written root; code, standard output and error."""
    done = repository.run("adopt", str(repository.folder / HAND), *options)
    return done.code, done.out, done.err


def test_what_is_proposed(written: Repository) -> None:
    """The job is on standard output, what differs on standard error, and nothing is written:
    fields where a field makes the input, values of variables and locals, what dativo.yaml has left
    out, the state's address.
    """
    before = tree(written)
    code, out, err = adopt(written)
    assert (code, out) == (2, f"# {FILE}\n{JOB}"), err
    assert f'{HAND}/main.tf:42: tag managed_by: nothing there, "dativo" here' in err
    assert "moved {" in err and tree(written) == before


def test_to_the_end(written: Repository) -> None:
    """The job and the file of one's own are written; then nothing differs, the hand-written root
    goes, and what is generated has its state, its addresses and its other resources.
    """
    hand = {path: data for path, data in tree(written).items() if path.startswith(HAND)}
    code, out, _ = adopt(written, "--accept-tags", "-o", str(written.folder / FILE))
    assert code == 0 and f"wrote     {FILE}\nwrote     {EXTRA}\nNothing differs" in out
    assert {path: data for path, data in tree(written).items() if path.startswith(HAND)} == hand
    extra = (written.folder / EXTRA).read_text(encoding="utf-8")
    assert "moved {\n  from = module.pipeline\n  to   = module.job\n}\n" in extra
    assert 'output "job" {\n  value = module.job.id\n}\n' in extra
    assert 'resource "google_pubsub_topic" "done" {\n  name = "refunds-done"\n}\n' in extra
    assert adopt(written, "--accept-tags", "--job", str(written.folder / FILE))[0] == 0
    refused = written.run("generate")
    assert f"belongs to {HAND}/main.tf:3 already" in refused.err
    shutil.rmtree(written.folder / HAND)
    assert written.run("generate").code == 0
    assert (written.folder / EXTRA).read_text(encoding="utf-8") == extra
    backend = (written.folder / ROOT / "backend.tf").read_text(encoding="utf-8")
    assert 'prefix = "etl/refunds"' in backend


def test_a_job_beside_it(written: Repository) -> None:
    """With --job nothing is proposed: what the user changed is compared."""
    job = str(written.folder / FILE)
    adopt(written, "--accept-tags", "-o", job)
    written.edit(FILE, "max_retries: 2", "max_retries: 3")
    written.edit(FILE, "prefix: etl/refunds", "prefix: etl/refund")
    code, out, _ = adopt(written, "--accept-tags", "--job", job)
    assert code == 2
    assert f"{HAND}/main.tf:40: input max_retries: 2 there, 3 here" in out
    assert 'backend prefix: "etl/refunds" there, "etl/refund" here' in out


def test_for_machines(written: Repository) -> None:
    """The same as a document."""
    done = written.run("adopt", str(written.folder / HAND), "--format", "json", "--accept-tags")
    assert done.code == 0
    found = done.document
    assert (found["same"], found["job"], found["text"]) == (True, FILE, JOB)


def test_a_module_of_ones_own(written: Repository) -> None:
    """A module that is none of dativo's becomes terraform.module, each input as it stands; who the
    job is and what runs it has to be said.
    """
    written.write(
        "modules/ours/main.tf",
        'variable "job" { type = string }\nvariable "labels" { type = map(string) }\n'
        'variable "size" {\n  type    = object({ cpu = number })\n}\n',
    )
    written.write(
        f"{HAND}/main.tf",
        'terraform {\n  backend "gcs" {\n    bucket = "b-states"\n    prefix = "x"\n  }\n}\n'
        'provider "google" {\n  project = "acme-data"\n  region = "us-central1"\n}\n'
        'locals { l = { owner = "data", cost_center = "fin-001" } }\n'
        'module "job" {\n  source = "../../modules/ours"\n  job = "refunds"\n  labels = local.l\n'
        "  size = { cpu = 2 }\n}\n",
    )
    (written.folder / HAND / "more.tf").unlink()
    code, _, err = adopt(written)
    assert code == 1
    assert "add: --tenant; --environment; --name; --runtime (the module ours is none of dat" in err
    who = ["--tenant", "acme", "--environment", "prod", "--name", "refunds", "--runtime", "spark"]
    code, out, err = adopt(written, *who, "--accept-tags")
    assert code == 0, err
    assert '      source: "./modules/ours"\n      inputs:\n' in out
    assert "        labels: tags\n" in out
    assert "size:\n          literal:\n            cpu: 2\n" in out


WRONG: dict[str, tuple[str, str, str]] = {
    "no module": ('module "pipeline"', 'resource "x" "y"', "calls no module"),
    "two modules": (
        'module "pipeline"',
        'module "a" {\n  source = "./a"\n}\n\nmodule "pipeline"',
        'module "a" is one of 2 that refunds calls',
    ),
    "not HCL": ("module", "module {{", "main.tf"),
    "an odd name": ('"refunds"', '"re funds"', "say another one with --name"),
}


@pytest.mark.parametrize("case", WRONG)
def test_refused(written: Repository, case: str) -> None:
    """What cannot be read or taken for a job is said, and nothing is written."""
    before, after, said = WRONG[case]
    written.edit(f"{HAND}/main.tf", before, after)
    files = tree(written)
    code, out, err = adopt(written, "-o", str(written.folder / FILE))
    assert (code, out) == (1, "") and said in err, err
    assert tree(written) == files


def test_what_a_job_cannot_say(written: Repository) -> None:
    """A call for each, an expression, and a block with locals are told with file and line, and
    the rest is proposed.
    """
    written.edit(f"{HAND}/main.tf", "  cpu         = 1\n", "  cpu         = var.fast ? 2 : 1\n")
    written.edit(f"{HAND}/main.tf", "  max_retries", "  count       = 2\n  max_retries")
    written.edit(f"{HAND}/more.tf", '"refunds-done"', '"${local.tags.owner}-done"')
    code, out, err = adopt(written, "--accept-tags")
    assert code == 2 and 'memory: "1Gi"' in out
    assert f"{HAND}/main.tf:39: input cpu: var.fast ? 2 : 1 there, 1 here" in err
    assert f'{HAND}/main.tf:40: count of module "pipeline": no job can say it' in err
    assert f'{HAND}/more.tf:5: resource "google_pubsub_topic" "done": no job can say it' in err
    assert f"Put what no job can say into {ROOT}/NAME_extra.tf" in err


def test_files_that_are_not_read(written: Repository) -> None:
    """JSON syntax and overrides are told, rather than passed over."""
    written.write(f"{HAND}/more.tf.json", "{}")
    written.write(f"{HAND}/my_override.tf", "")
    code, _, err = adopt(written)
    assert code == 1
    assert "files in JSON syntax are not read" in err and "override files are not read" in err


def test_roots_of_ours_and_files_in_the_way(written: Repository) -> None:
    """A generated root has a job, and a job file that is there is not written over."""
    written.job("orders")
    shutil.rmtree(written.folder / HAND)
    assert written.run("generate").code == 0
    done = written.run("adopt", str(written.root("orders")))
    assert done.code == 1 and "dativo made this root" in done.err
    written.write(f"{HAND}/main.tf", MAIN)
    for output, said in (
        ("jobs/orders.yaml", "is there already: compare it with --job"),
        ("orders.yaml", "lies below jobs"),
    ):
        code, _, err = adopt(written, "-o", str(written.folder / output))
        assert code == 1 and said in err


# All but those of bills, which no job makes.
COMMITTED = sorted(
    path.parent
    for path in (TOP / "generated").glob("*/*/*/main.tf")
    if not path.parents[1].name.startswith("billing-")
)
# What these roots have that no tag of a job comes to: it is told.
KNOWN = {
    "acme/customer-features/prod": ["tag ContainsPIIFinancial"],
    # Labels of Google Cloud have lost what the labels of Kubernetes beside them still have.
    "globex/funnel-models/prod": ["input kubernetes_labels.Owner"],
}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project without jobs and roots."""
    folder = tmp_path_factory.mktemp("ours") / "project"
    ignored = shutil.ignore_patterns("tests", "examples", ".terraform*")
    shutil.copytree(TOP / "modules", folder / "modules", ignore=ignored)
    shutil.copyfile(TOP / "dativo.yaml", folder / "dativo.yaml")
    return folder


def test_every_committed_root(ours: Path) -> None:
    """Each root of this repository, without its manifest and its headers, is adopted by a job that
    makes the same root: inputs, tags, providers, backend, outputs; what differs is known.
    """
    from generator.adopt.adopt import Wanted, adopt
    from generator.job.project import open_project

    project, found = open_project(str(ours)), {}
    for root in COMMITTED:
        hand = ours / "infra/a/b/c"
        shutil.rmtree(hand, ignore_errors=True)
        hand.mkdir(parents=True)
        for file in root.glob("*.tf"):
            text = file.read_text(encoding="utf-8").partition("\n\n")[2]
            (hand / file.name).write_text(text, encoding="utf-8")
        tags = (root / "locals.tf").read_text(encoding="utf-8")
        region = re.search(r'(?:Region|region) += "([^"]+)"', tags)
        wanted = Wanted(region=None if region is None else region[1])
        adopted = adopt(project, str(hand), wanted)
        assert adopted.proposal.made.root is not None, adopted.proposal.made.problems
        what = [one.what for one in adopted.proposal.differences]
        what += [one.what for one in adopted.left]
        if what:
            found[root.relative_to(TOP / "generated").as_posix()] = what
    assert found == KNOWN


_AWS = """\
provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["123456789012"]
  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/terraform"
  }
  default_tags {
    tags = merge({ CostCenter = "FIN-001" }, { Owner = upper("data") })
  }
}

module "etl" {
  source      = "../../modules/aws-ecs-fargate"
  name        = "legacy-refunds"
  tenant      = "acme"
  environment = "prod"
  image       = join("/", ["example.com", "etl:1.0"])
  network = {
    vpc_id     = "vpc-0a1b2c3d4e5f60718"
    subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  }
  schedule = {
    expression = "cron(0 2 ? * MON-FRI *)"
    timezone   = "UTC"
  }
  environment_variables = {
    GREETING = "to $${USER}"
  }
  runs_named = null
}
"""


def test_an_account_and_another_name(written: Repository) -> None:
    """As whom the root acts goes into the account; a job with another name than its resources says
    what they are called; a state beside the root moves by hand.
    """
    shutil.copytree(
        TOP / "modules/aws-ecs-fargate",
        written.folder / "modules/aws-ecs-fargate",
        ignore=shutil.ignore_patterns("tests", "examples"),
    )
    settings = written.folder / "dativo.yaml"
    settings.write_text("", encoding="utf-8")
    written.write(f"{HAND}/main.tf", _AWS.replace("  runs_named = null\n", ""))
    (written.folder / HAND / "more.tf").unlink()
    code, out, err = adopt(written, "--name", "refunds", "--accept-tags")
    assert code == 0, err
    assert 'role_arn: "arn:aws:iam::123456789012:role/terraform"' in out
    assert "resource_name: legacy-refunds" in out
    assert 'cron: "0 2 * * MON-FRI"' in out
    assert 'GREETING: "to $${USER}"' in out
    assert (
        f"the state goes along: from local:{HAND}/terraform.tfstate to "
        f"local:{ROOT}/terraform.tfstate" in err
    )
