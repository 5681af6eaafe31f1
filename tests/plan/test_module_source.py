"""Which module a root calls, pinned, and where its interface is read."""

from __future__ import annotations

import json

import pytest

from tests.plan.conftest import Plans, job

OWN = 'variable "image" {}\nvariable "network" {}\n'


def _module(source: str, version: str = "") -> str:
    extra = f", version: '{version}'" if version else ""
    return job(block=f"terraform: {{module: {{source: '{source}'{extra}}}}}")


def test_the_shipped_module_by_relative_path(plans: Plans) -> None:
    """From the root's folder, through the top of the repository."""
    assert plans.plan(job()).module.source == "../../../../modules/aws-ecs-fargate"
    settings = "output: build/tf"
    assert plans.plan(job(), settings).module.source == "../../../../../modules/aws-ecs-fargate"


def test_a_module_beside_the_roots(plans: Plans) -> None:
    """A path that shares a folder with the root stays a path that Terraform takes for one."""
    plans.write("generated/modules/aws-ecs-fargate/main.tf", OWN)
    source = plans.plan(_module("generated/modules/aws-ecs-fargate")).module.source
    assert source == "../../../modules/aws-ecs-fargate"


@pytest.mark.parametrize(
    ("settings", "source", "version"),
    [
        (
            "{source: 'git::https://e.com/m.git//modules', version: v1.2.0}",
            "git::https://e.com/m.git//modules/aws-ecs-fargate?ref=v1.2.0",
            None,
        ),
        (
            "{source: 'git::https://e.com/m.git//modules?depth=1', version: v1.2.0}",
            "git::https://e.com/m.git//modules/aws-ecs-fargate?depth=1&ref=v1.2.0",
            None,
        ),
        (
            "{source: 'git::https://e.com/m.git//modules?ref=abc'}",
            "git::https://e.com/m.git//modules/aws-ecs-fargate?ref=abc",
            None,
        ),
        (
            "{source: 'git::https://e.com/m.git', version: v1.2.0}",
            "git::https://e.com/m.git//aws-ecs-fargate?ref=v1.2.0",
            None,
        ),
        (
            "{source: 'git::https://e.com/m.git?ref=abc&depth=1'}",
            "git::https://e.com/m.git//aws-ecs-fargate?ref=abc&depth=1",
            None,
        ),
        (
            "{source: 'git::ssh://git@e.com/m.git/', version: v1}",
            "git::ssh://git@e.com/m.git//aws-ecs-fargate?ref=v1",
            None,
        ),
        (
            "{source: 'git@e.com:acme/m.git', version: v1}",
            "git@e.com:acme/m.git//aws-ecs-fargate?ref=v1",
            None,
        ),
        (
            "{source: 'github.com/acme/m', version: v1}",
            "github.com/acme/m//aws-ecs-fargate?ref=v1",
            None,
        ),
        ("{source: 'https://e.com/m.tar.gz'}", "https://e.com/m.tar.gz//aws-ecs-fargate", None),
        (
            "{source: 'https://e.com/m.zip//modules?x=1'}",
            "https://e.com/m.zip//modules/aws-ecs-fargate?x=1",
            None,
        ),
        (
            "{source: 'https://e.com/m?archive=zip'}",
            "https://e.com/m//aws-ecs-fargate?archive=zip",
            None,
        ),
        (
            "{source: 's3::https://s3.amazonaws.com/b/m.zip'}",
            "s3::https://s3.amazonaws.com/b/m.zip//aws-ecs-fargate",
            None,
        ),
        ("{source: 'https://e.com/modules'}", "https://e.com/modules/aws-ecs-fargate", None),
        ("{source: acme/etl/aws, version: 1.2.0}", "acme/etl/aws//aws-ecs-fargate", "1.2.0"),
        (
            "{source: 'e.com/acme/etl/aws//modules', version: 1.2.0}",
            "e.com/acme/etl/aws//modules/aws-ecs-fargate",
            "1.2.0",
        ),
        ("{source: 'acme/{module}/any', version: 1.2.0}", "acme/aws-ecs-fargate/any", "1.2.0"),
        (
            "{source: 'registry.acme.com/etl/{module}/aws', version: 1.2.0}",
            "registry.acme.com/etl/aws-ecs-fargate/aws",
            "1.2.0",
        ),
        ("{source: ./modules}", "../../../../modules/aws-ecs-fargate", None),
        ("{source: 'vendored/{module}/v1'}", "../../../../vendored/aws-ecs-fargate/v1", None),
    ],
)
def test_sources_of_dativo_yaml(
    plans: Plans, settings: str, source: str, version: str | None
) -> None:
    """The module's name is added to the address, or stands where {module} is."""
    module = 'variable "image" {}\nvariable "network" {}\n'
    plans.write("vendored/aws-ecs-fargate/v1/main.tf", module)
    plan = plans.plan(job(), f"modules: {settings}")
    assert (plan.module.source, plan.module.version) == (source, version)


@pytest.mark.parametrize(
    ("source", "version", "told"),
    [
        ("./modules/none", "", '10:32: module-source: the module folder "modules/none" does not'),
        ("../outside", "", "10:32: module-source"),
        ("modules/../../x", "", "10:32: module-source"),
        ("/etc", "", "10:32: module-source"),
        ("./modules/aws-ecs-fargate", "1.0.0", "10:70: module-source: a module in a local folder"),
        ("git::https://e.com/m.git", "", "10:32: module-source: the module is not pinned"),
        ("git::https://e.com/m.git?ref=", "", "10:32: module-source: the module is not pinned"),
        ("git::https://e.com/m.git?ref=v1", "v2", "10:76: module-source: the source says ref=v1"),
        ("git::https://e.com/m.git", "v 2", "10:69: module-source"),
        (
            "git::https://me:secret@e.com/m.git",
            "v2",
            '10:32: credential: "terraform.module.source" holds',
        ),
        ("https://e.com/m.zip", "1.0.0", "10:64: module-source: only git and registry modules"),
        ("terraform-aws-modules/ecs/aws", "", "10:32: module-source: a registry module needs an"),
        (
            "terraform-aws-modules/ecs/aws",
            "~> 5.0",
            "10:74: module-source: a registry module needs",
        ),
        ("${NOBODY}/ecs/aws", "1.0.0", "10:32: undefined-variable"),
        (" ", "", "10:32: module-source"),
    ],
)
def test_sources_that_are_refused(plans: Plans, source: str, version: str, told: str) -> None:
    """Outside the project, not there, not pinned, or with a password in it."""
    (found,) = plans.told(_module(source, version))
    assert found.startswith(told)


def test_a_link_out_of_the_project(plans: Plans) -> None:
    """A module folder that leads out of the project is outside."""
    outside = plans.folder.parent / f"{plans.folder.name}-module"
    outside.mkdir()
    (outside / "main.tf").write_text(OWN)
    plans.write("modules/keep", "")
    (plans.folder / "modules/linked").symlink_to(outside)
    (plans.folder / "modules/aws-ecs-fargate").mkdir()
    assert "outside the project" in plans.told(_module("./modules/linked"))[0]


def test_a_folder_without_terraform(plans: Plans) -> None:
    """A folder is no module yet."""
    plans.write("modules/empty/README.md", "x")
    assert "no Terraform files" in plans.told(_module("./modules/empty"))[0]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("main.tf", 'variable "x" {\n  type = (\n', "cannot read main.tf:3: it is not HCL"),
        ("x.tf.json", "{", "cannot read x.tf.json:1: it is not JSON"),
    ],
)
def test_a_module_that_cannot_be_read_is_left_to_terraform(
    plans: Plans, name: str, text: str, told: str
) -> None:
    """Nothing is refused on the word of a file that only Terraform may understand."""
    plans.write("modules/ours/variables.tf", 'variable "image" { type = bool }\n')
    plans.write(f"modules/ours/{name}", text)
    (plan,), problems = plans.decided(_module("./modules/ours"))
    told_of = [problem for problem in problems if problem.code == "unchecked-module"]
    assert [(p.severity, p.message.partition(": ")[2]) for p in told_of] == [("warning", told)]
    assert {"image", "cpu", "tags", "tenant"} <= {a.name for a in plan.module.arguments}


def test_files_that_terraform_reads_are_read(plans: Plans) -> None:
    """JSON syntax, override files, OpenTofu's files, and a comment before a block."""
    plans.write("modules/ours/main.tf", '/* c */ variable "image" {}\nvariable "network" {}\n')
    plans.write("modules/ours/a.tf.json", '{"variable": {"cpu": {"type": "number"}}}')
    plans.write("modules/ours/a.tofu", 'variable "memory_mib" {}\n')
    plans.write("modules/ours/b.tf", 'variable "needed" {}\n')
    plans.write("modules/ours/override.tf", 'variable "needed" { default = 1 }\n')
    names = [a.name for a in plans.plan(_module("./modules/ours")).module.arguments]
    assert names == ["image", "cpu", "memory_mib", "network"]


def test_ephemeral_outputs_stay_in_the_module(plans: Plans) -> None:
    """No output of a root can be ephemeral, so it is left out; asked for, it is an error."""
    plans.write("modules/ours/main.tf", OWN)
    text = 'output "a" { value = 1 }\noutput "b" {\n  value = 1\n  ephemeral = true\n}\n'
    plans.write("modules/ours/outputs.tf", text)
    assert [o.name for o in plans.plan(_module("./modules/ours")).outputs] == ["a"]
    listed = _module("./modules/ours").replace("module:", "outputs: [b], module:")
    (told,) = plans.told(listed)
    assert told.startswith('10:25: unknown-output: the output "b" of modules/ours is ephemeral')


def test_a_module_that_wants_aliases_is_refused(plans: Plans) -> None:
    """A root has one configuration of a provider, so the module could not be planned."""
    plans.write("modules/ours/main.tf", OWN)
    text = 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n'
    text += "      configuration_aliases = [aws.us]\n    }\n  }\n}\n"
    plans.write("modules/ours/versions.tf", text)
    (told,) = plans.told(_module("./modules/ours"))
    assert told.startswith("10:32: module-source: the module modules/ours wants aws.us passed")


def _fetched(plans: Plans, source: str, version: str | None, text: str) -> None:
    """What terraform init leaves in a root."""
    root = "generated/acme/etl/prod"
    entry = {"Key": "job", "Source": source, "Dir": ".terraform/modules/job/sub"}
    entry |= {"Version": version} if version else {}
    listed = {"Modules": [{"Key": "", "Source": "", "Dir": "."}, entry]}
    plans.write(f"{root}/.terraform/modules/modules.json", json.dumps(listed))
    plans.write(f"{root}/.terraform/modules/job/sub/main.tf", text)


def test_an_initialised_module_is_checked(plans: Plans) -> None:
    """What terraform init left in the root checks the inputs of a git or registry module."""
    text = _module("terraform-aws-modules/ecs/aws", "5.0.0")
    _, problems = plans.decided(text)
    assert "unchecked-module" in {problem.code for problem in problems}
    source = "registry.terraform.io/terraform-aws-modules/ecs/aws"
    _fetched(plans, source, "5.0.0", 'variable "image" {}\n')
    codes = [problem.code for problem in plans.problems(text)]
    assert codes == ["unknown-input"]


@pytest.mark.parametrize(
    ("source", "version"),
    [
        ("registry.terraform.io/terraform-aws-modules/ecs/aws", "4.9.0"),
        ("registry.terraform.io/terraform-aws-modules/vpc/aws", "5.0.0"),
        ("registry.terraform.io/terraform-aws-modules/ecs/aws", None),
        ("git::https://git.example/ecs.git?ref=v5.0.0", None),
    ],
)
def test_a_copy_of_another_version_says_nothing(
    plans: Plans, source: str, version: str | None
) -> None:
    """A copy from before the version or the source was changed is as if there were none."""
    _fetched(plans, source, version, 'variable "image" {}\n')
    _, problems = plans.decided(_module("terraform-aws-modules/ecs/aws", "5.0.0"))
    assert "unchecked-module" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    ("source", "noted"),
    [
        ("git::https://git.example/m.git?ref=v1", "git::https://git.example/m.git?ref=v1"),
        ("github.com/acme/m?ref=v1", "git::https://github.com/acme/m.git?ref=v1"),
        ("git@github.com:acme/m.git?ref=v1", "git::ssh://git@github.com/acme/m.git?ref=v1"),
    ],
)
def test_a_copy_never_changes_the_root(plans: Plans, source: str, noted: str) -> None:
    """A fresh clone and the machine on which terraform init ran plan the same root."""
    block = f"terraform: {{module: {{source: '{source}'}}, variables: {{flag: no}}}}"
    text = job(block=block)
    before, problems = plans.decided(text)
    assert "unchecked-module" in {problem.code for problem in problems}
    names = ("name", "tenant", "environment", "tags", "image", "network")
    module = "".join(f'variable "{name}" {{}}\n' for name in names)
    module += 'variable "flag" { type = bool }\noutput "more" { value = 1 }\n'
    _fetched(plans, noted, None, module)
    after, problems = plans.decided(text)
    assert "unchecked-module" not in {problem.code for problem in problems}
    assert after == before


@pytest.mark.parametrize(
    "listed", ["", "[]", "{}", '{"Modules": [{"Key": "job", "Dir": "../../../../.."}]}']
)
def test_a_list_of_modules_that_tells_nothing(plans: Plans, listed: str) -> None:
    """A broken list, or one that leads elsewhere, is as if there were none."""
    plans.write("generated/acme/etl/prod/.terraform/modules/modules.json", listed)
    _, problems = plans.decided(_module("terraform-aws-modules/ecs/aws", "5.0.0"))
    assert "unchecked-module" in {problem.code for problem in problems}


GKE = """\
tenant_id: acme
environment: prod
infrastructure:
  provider: gcp
  region: europe-west1
  account: {project_id: acme-data}
  network: {vpc_id: net, subnet_ids: [data]}
  runtime: {type: gke, image: registry/etl:1}
  terraform: {module: {source: ./modules/ours}}
"""


def test_a_module_says_what_the_providers_are_configured_from(plans: Plans) -> None:
    """With a module of one's own on GKE, the root asks it for the address of the cluster."""
    names = ("image", "network", "project_id", "region", "tags")
    plans.write("modules/ours/main.tf", "".join(f'variable "{name}" {{}}\n' for name in names))
    assert plans.told(GKE) == [
        f'9:32: unknown-output: the module modules/ours has no output "{name}"'
        for name in ("kubernetes_ca_certificate", "kubernetes_host")
    ]


@pytest.mark.parametrize(("cloud", "warned"), [("aws", True), ("gcp", False)])
def test_a_root_where_nothing_tags_is_warned_of(plans: Plans, cloud: str, warned: bool) -> None:
    """In an existing cluster no provider has default tags, so the module has to take them."""
    plans.write("modules/ours/main.tf", 'variable "image" {}\nvariable "cluster_name" {}\n')
    where = {
        "aws": "region: us-east-1\n  runtime: {type: kubernetes, image: a/b:1, cluster_name: d}",
        "gcp": "region: europe-west1\n  account: {project_id: acme-data}\n"
        "  runtime: {type: spark, image: a/b:1, cluster_name: d}",
    }
    text = f"tenant_id: acme\nenvironment: prod\ninfrastructure:\n  provider: {cloud}\n"
    text += f"  {where[cloud]}\n  terraform: {{module: {{source: ./modules/ours}}}}\n"
    _, problems = plans.decided(text)
    assert any(problem.code == "untagged" for problem in problems) is warned
