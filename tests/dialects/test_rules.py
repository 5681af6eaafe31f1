"""The rules by which older spellings are read, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.job.settings import TagSettings
from generator.tags.merge import build as build_tags
from tests.dialects.projects import block, job, jobs, outcome, refused, translated

E = "provider: terraform\nruntime: {platform: %s}\n"
R = "provider: %s\nruntime: {type: %s, compute: {cpu: %s, memory: %s}}\n"


# Cloud or tool
@pytest.mark.parametrize(
    ("proof", "cloud"),
    [
        ("storage: {bucket: s3://lake}", "aws"),
        ("service_account: arn:aws:iam::123456789012:role/x", "aws"),
        ("network: {vpc_id: vpc-0a1b2c3d}", "aws"),
        ("network: {subnet_ids: [subnet-12345678]}", "aws"),
        ("network: {security_group_ids: [sg-12345678]}", "aws"),
        ("storage: {bucket: gs://lake}", "gcp"),
        ("network: {vpc_id: projects/acme/global/networks/data}", "gcp"),
        ("service_account: x@acme.iam.gserviceaccount.com", "gcp"),
        ("network: {subnet_ids: [/subscriptions/1/resourceGroups/g]}", "azure"),
    ],
)
def test_cloud_from_evidence(proof: str, cloud: str) -> None:
    """Where provider names the tool, an identifier that one cloud alone has names the cloud."""
    found = block(f"provider: terraform\nruntime:\n  platform: kubernetes\n  {proof}\n")
    assert found["provider"] == cloud


@pytest.mark.parametrize("platform", ["emr", "ecs", "fargate"])
def test_cloud_from_platform(platform: str) -> None:
    """So does a service that one cloud alone has."""
    assert block(E % platform)["provider"] == "aws"


def test_cloud_from_references_and_backend() -> None:
    """So do the address of a database, and a backend that has a prefix only."""
    database = "resources: {database: {endpoint: a.b.us-east-1.rds.amazonaws.com}}\n"
    assert block(E % "kubernetes" + database)["provider"] == "aws"
    backend = "terraform: {backend_config: {bucket: b, prefix: p}}\n"
    found = block(E % "kubernetes" + backend)
    assert found["provider"] == "gcp"
    assert found["terraform"]["backend"] == {"type": "gcs", "bucket": "b", "prefix": "p"}


@pytest.mark.parametrize(
    "weak",
    [
        "metadata: {tags: {origin: s3://lake}}",
        "metadata: {annotations: {role: arn:aws:iam::1:role/x}}",
        "terraform: {module_source: s3::https://s3.amazonaws.com/modules/etl.zip}",
    ],
)
def test_no_evidence(weak: str) -> None:
    """Tags, labels and the address of a module prove nothing; the error says what to write."""
    (told,) = refused(job(E % "kubernetes" + weak))
    assert told.startswith('4: "terraform" is no cloud, and nothing in this file proves which')
    assert "write `provider: aws`, gcp or azure instead" in told


def test_mixed_evidence() -> None:
    """Evidence for two clouds is an error that names both."""
    text = "provider: terraform\nruntime: {platform: ecs, storage: {bucket: gs://lake}}\n"
    (told,) = refused(job(text))
    assert '"runtime.platform" of aws, "runtime.storage.bucket" of gcp' in told


@pytest.mark.parametrize("tool", ["cloudformation", "pulumi", "manual"])
def test_other_tools(tool: str) -> None:
    """The tool stands in a field of its own, beside the cloud."""
    translation = translated(job(f"provider: {tool}\nruntime: {{platform: ecs}}\n"))
    assert (translation.iac, translation.dialect) == (tool, "E")
    assert translation.document["infrastructure"]["iac"] == tool
    assert translation.document["infrastructure"]["provider"] == "aws"
    (told,) = refused(job(f"provider: {tool}\nruntime: {{platform: spark}}\n"))
    assert f"write `provider: aws`, gcp or azure and `iac: {tool}` instead" in told


# Runtimes and orchestrators
@pytest.mark.parametrize(
    ("cloud", "former", "today"),
    [
        ("aws", "ecs", "ecs_fargate"),
        ("aws", "fargate", "ecs_fargate"),
        ("aws", "aws_fargate", "ecs_fargate"),
        ("aws", "ecs_task", "ecs_fargate"),
        ("aws", "aws_ecs_fargate", "ecs_fargate"),
        ("gcp", "cloud_run", "cloud_run_job"),
        ("gcp", "cloud-run", "cloud_run_job"),
        ("gcp", "gcp_cloud_run", "cloud_run_job"),
        ("azure", "azure_container_apps", "container_apps_job"),
        ("aws", "eks", "kubernetes"),
        ("gcp", "gke_pod", "kubernetes"),
        ("gcp", "kubernetes", "kubernetes"),
        ("gcp", "gke", "gke"),
        ("gcp", "cloud_functions", "cloud_function"),
    ],
)
def test_runtime_names(cloud: str, former: str, today: str) -> None:
    """Each former name of a runtime on its cloud is the name of today."""
    found = block(f"provider: {cloud}\ncompute: {{type: {former}}}\n")
    assert found["runtime"]["type"] == today


def test_cluster_of_its_own() -> None:
    """A cluster that exists is a place to run in; without one, it is made."""
    named = "provider: gcp\ncompute: {type: gke, cluster_name: data}\n"
    assert block(named)["runtime"] == {"type": "kubernetes", "cluster_name": "data"}


@pytest.mark.parametrize("name", ["dataproc", "ec2"])
def test_unsupported_runtime(name: str) -> None:
    """A runtime that is known but not supported is refused, with those that are."""
    (told,) = refused(job(f"provider: gcp\nruntime: {{type: {name}}}\n"))
    assert told.startswith(f'5: "{name}" is no runtime that jobs have here')
    assert "cloud_run_job" in told


def test_two_keys_for_the_runtime() -> None:
    """Two keys for the runtime are an error at both lines, even with one value."""
    text = "provider: aws\nruntime:\n  type: ecs\n  platform: ecs\n"
    first, second = refused(job(text))
    assert first.startswith('6: "runtime.type" stands beside "runtime.platform"')
    assert second.startswith('7: "runtime.platform" stands beside "runtime.type"')


@pytest.mark.parametrize(
    ("cloud", "usual"),
    [("aws", "ecs_fargate"), ("gcp", "cloud_run_job"), ("azure", "container_apps_job")],
)
@pytest.mark.parametrize("orchestrator", ["dagster", "airflow"])
def test_orchestrator(cloud: str, usual: str, orchestrator: str) -> None:
    """An orchestrator as the runtime stands for what its jobs usually run on."""
    found = block(f"provider: {cloud}\nruntime: {{type: {orchestrator}}}\n")
    assert found["runtime"]["type"] == usual
    assert found["orchestrator"] == {"type": orchestrator}


def test_orchestrator_in_a_cluster() -> None:
    """With a cluster, a namespace and a bare service account it is asked, not guessed; the ARN
    of a role is none of Kubernetes.
    """
    text = (
        "provider: aws\n"
        "runtime: {type: dagster, cluster_name: c, namespace: n, service_account: %s}\n"
    )
    (told,) = refused(job(text % "runner"))
    assert "write `runtime: {type: kubernetes}` and `orchestrator: {type: dagster}`" in told
    assert block(text % "arn:aws:iam::1:role/x")["runtime"]["type"] == "ecs_fargate"


def test_provider_decides() -> None:
    """One name in two dialects: with a provider it is that of dialect P, which has five tags."""
    assert "tag-required" in _codes("provider: gcp\nruntime: {type: gcp_cloud_run}\n")
    assert block("runtime: {type: gcp_cloud_run, cpu: 1}\n")["provider"] == "gcp"


def _codes(infrastructure: str) -> set[str]:
    from generator.errors import InputError

    with pytest.raises(InputError) as caught:
        translated(job(infrastructure))
    return {problem.code for problem in caught.value.problems}


# Sizes
@pytest.mark.parametrize(
    ("cloud", "written", "vcpu"),
    [
        ("aws", "2048", "2"),
        ("aws", '"2048"', "2"),
        ("aws", "256", "0.25"),
        ("aws", "2", "2"),
        ("aws", "500m", "500m"),
        ("aws", '"1.0"', "1.0"),
        ("gcp", "1000", "1"),
        ("gcp", "250", "0.25"),
        ("azure", "500", "0.5"),
        ("aws", "64", "64"),
        ("aws", '"${CPU}"', "${CPU}"),
    ],
)
def test_cpu(cloud: str, written: str, vcpu: str) -> None:
    """Up to 64 are vCPUs; from 128 on 1024ths on AWS and 1000ths elsewhere; m is millicores."""
    assert block(f"provider: {cloud}\ncompute: {{cpu: {written}}}\n")["runtime"]["cpu"] == vcpu


@pytest.mark.parametrize(
    ("cloud", "written", "why"),
    [
        ("gcp", "2048", "2.048 vCPU on gcp: no whole quarters"),
        ("aws", "1000", "no whole quarters"),
        ("aws", "100", "too many vCPUs, too few parts"),
        ("${CLOUD}", "1024", "depends on the cloud"),
    ],
)
def test_cpu_refused(cloud: str, written: str, why: str) -> None:
    """What is no whole quarter of a vCPU, or could be either unit, is refused."""
    (told,) = refused(job(f"provider: {cloud}\ncompute: {{cpu: {written}}}\n"))
    assert told.startswith("5: ")
    assert why in told


@pytest.mark.parametrize(
    ("written", "mib"), [("4096", 4096), ("4Gi", 4096), ('"4096"', 4096), ("4294.967296M", 4096)]
)
def test_memory(project: Path, written: str, mib: int) -> None:
    """A bare number is MiB; Gi and Mi are binary, G and M decimal."""
    (loaded,) = jobs(project, job(R % ("aws", "ecs", 1024, written)))
    assert loaded.job.infrastructure.runtime.memory == mib


@pytest.mark.parametrize(
    ("cloud", "kind", "cpu", "memory", "why"),
    [
        ("aws", "ecs", 256, "4096", "Fargate has no 4096 MiB with 0.25 vCPU"),
        ("gcp", "cloud_run", 1, "8Gi", "Cloud Run gives 1 vCPU at most 4096 MiB"),
        ("azure", "container_apps", 1, "4Gi", "Container Apps has no 4096 MiB with 1 vCPU"),
    ],
)
def test_size_of_the_cloud(
    project: Path, cloud: str, kind: str, cpu: int, memory: str, why: str
) -> None:
    """Cpu and memory together are checked against the cloud, at the line they are written in."""
    assert f"5: {why}" in outcome(project, job(R % (cloud, kind, cpu, memory))).errors


def test_machines() -> None:
    """Machines are inputs of a cluster's module; where containers run they get a warning."""
    text = "provider: aws\nruntime: {type: %s, compute: {instance_type: r5.xlarge}}\n"
    assert block(text % "emr")["terraform"] == {"variables": {"instance_type": "r5.xlarge"}}
    translation = translated(job(text % "ecs"))
    assert "terraform" not in translation.document["infrastructure"]
    assert [p.message for p in translation.warnings] == [
        '"runtime.compute.instance_type" has no effect on ecs_fargate: "r5.xlarge"'
    ]


def test_disk() -> None:
    """A bare size of a disk is GiB; what every Fargate task has anyway needs no word."""
    text = "provider: aws\nruntime: {type: ecs, compute: {disk_size: %s}}\n"
    assert block(text % "50")["runtime"]["ephemeral_storage"] == "50Gi"
    assert "ephemeral_storage" not in block(text % "20Gi")["runtime"]


@pytest.mark.parametrize(
    "what", ["runtime: {compute: {gpu: true}}", "storage: {encryption: {enabled: false}}"]
)
def test_what_cannot_be_had(what: str) -> None:
    """A GPU, or data in the clear, is refused rather than ignored."""
    assert len(refused(job(f"provider: aws\n{what}\n"))) == 1


# Buckets and networks
def test_bucket() -> None:
    """A bucket has been called by two names, with or without the scheme of its address."""
    assert block("storage: {bucket: lake}\n")["storage"] == {"data_bucket": "lake"}
    found = block("compute: {cpu: 1}\nstorage: {data_bucket: s3://lake/raw/x/}\n")
    assert found["storage"] == {"data_bucket": "lake", "prefix": "raw/x"}
    state = "storage: {bucket: lake, state_bucket: gs://state}\n"
    assert block(state)["storage"] == {"data_bucket": "lake", "state_bucket": "state"}


@pytest.mark.parametrize("target", ["s3: {bucket: other}", "gcs: {bucket: other}", "bucket: other"])
def test_bucket_of_the_target(target: str) -> None:
    """The job writes where its identity may write, or both lines are told."""
    more = f"target:\n  connection:\n    {target}\n"
    first, second = refused(job("storage: {bucket: lake}\n", more))
    assert first.startswith('4: "infrastructure.storage.bucket" is "lake", but the job writes to')
    assert second.startswith('8: the job writes to "other", but its identity reaches "lake"')
    assert block("storage: {bucket: other}\n", more)["storage"] == {"data_bucket": "other"}


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("networking: {subnet_ids: [a], private_access: false}", {"subnet_ids": ["a"]}),
        ("networking: {subnet_ids: [a], private_networking: false}", {"subnet_ids": ["a"]}),
        ("runtime: {network: {subnet_ids: [a]}}\nnetwork: ~", {"subnet_ids": ["a"]}),
        ("network: {subnets: [a], security_groups: [b]}", {"subnet_ids": ["a"]}),
    ],
)
def test_network_names(network: str, expected: dict[str, object]) -> None:
    """Every name of the network's section, and of the keys in it."""
    found = block(f"provider: aws\n{network}\n")["network"]
    assert expected.items() <= found.items()
    assert found.get("private") in (None, "false")
    assert found.get("security_group_ids") in (None, ["b"])


def test_two_networks() -> None:
    """Two sections for the network are an error at both lines, whatever is in them."""
    text = "networking: {vpc_id: vpc-1}\nruntime:\n  network: {subnet_ids: [a]}\n"
    first, second = refused(job(text))
    assert first.startswith('4: "networking" stands beside "runtime.network"')
    assert second.startswith('6: "runtime.network" stands beside "networking"')


def test_connector() -> None:
    """The path of a connector is a connector, that of a network a network."""
    text = "provider: gcp\nnetworking: {vpc_id: %s}\n"
    connector = "projects/p/locations/us-central1/connectors/c"
    assert block(text % connector)["network"] == {"connector": connector}
    network = "projects/p/global/networks/n"
    assert block(text % network)["network"] == {"vpc_id": network}
    assert block(text % "default")["network"] == {"vpc_id": "default"}


def test_namespace() -> None:
    """A namespace is one of a cluster; on ECS it grouped jobs, and gets a warning."""
    text = "provider: aws\nruntime: {type: %s, namespace: etl}\n"
    assert block(text % "eks")["kubernetes"] == {"namespace": "etl"}
    translation = translated(job(text % "ecs"))
    assert "kubernetes" not in translation.document["infrastructure"]
    assert "has no effect on ecs_fargate" in translation.warnings[0].message


# Tags
def test_five_tags() -> None:
    """Jobs of dialect P have five tags, in whatever spelling, and not empty."""
    tags = "tags: {JobName: a, team: b, pipeline_type: ' ', Environment: prod, cost-center: c}\n"
    (told,) = refused(job("provider: aws\nregion: x\nruntime: {type: aws_fargate}\n" + tags))
    assert told.startswith('7: tag "pipeline_type" is missing')


def test_spellings_of_a_tag(project: Path) -> None:
    """All spellings of a tag are one; different values for it at one level are an error."""
    spellings = ["cost_center", "CostCenter", "cost-center", "costcenter", "dativo:cost-center"]
    spellings += ["FinOps_cost_center", "finops_cost_center", "infra_cost_center", "Costcenter"]
    spellings += ["infrastructure.cost_center"]
    for spelling in spellings:
        text = R % ("aws", "ecs", 1, "2Gi") + f"tags: {{'{spelling}': X-1, owner: a}}\n"
        (loaded,) = jobs(project, job(text))
        assert build_tags(loaded, TagSettings()).as_map()["CostCenter"] == "X-1"
    text = R % ("aws", "ecs", 1, "2Gi") + "tags:\n  CostCenter: A\n  custom: {cost-center: B}\n"
    (error,) = outcome(project, job(text)).errors
    assert error.startswith('8: "cost-center" and "CostCenter" are the same tag')


def test_struct_of_tags() -> None:
    """The keys of ``custom`` stand beside the others; one key with two values is an error."""
    tags = "tags:\n  owner: a\n  compliance: [GDPR, SOC2]\n  custom: {sla: gold}\n"
    found = block(tags)["tags"]
    assert found == {"owner": "a", "compliance": ["GDPR", "SOC2"], "sla": "gold"}
    assert len(refused(job("tags:\n  owner: a\n  custom: {owner: b}\n"))) == 2


def test_identity_of_a_tag(project: Path) -> None:
    """Nobody gives a root another identity, whatever the precedence: a different value is an
    error, the same one is fine.
    """
    text = R % ("aws", "ecs", 1, "2Gi") + "tags: {owner: a, cost_center: b, TenantId: %s}\n"
    assert outcome(project, job(text % "acme")).errors == []
    (error,) = outcome(project, job(text % "globex")).errors
    assert error.startswith('6: tag "TenantId" is "globex", but the tenant_id of this root is')


def test_values_of_tags(project: Path) -> None:
    """Booleans as in YAML, numbers as written, lists joined, nothing with a warning; a mapping
    is an error.
    """
    tags = "metadata:\n  tags: {a: True, b: 7, c: 1.50, d: [x, y], e: ~, Owner: o}\n"
    text = job(E % "ecs" + tags, "finops: {cost_center: X}\n")
    (loaded,) = jobs(project, text)
    found = build_tags(loaded, TagSettings()).as_map()
    assert [found.get(key) for key in "abcde"] == ["true", "7", "1.50", "x+y", None]
    assert '7: "metadata.tags.e" has no value and is left out' in outcome(project, text).warnings
    (error,) = outcome(project, job(E % "ecs" + "metadata:\n  tags: {a: {b: c}}\n")).errors
    assert error.startswith("7: a tag holds text or a list of texts")


def test_compliance(project: Path) -> None:
    """Frameworks as a list, or as text with commas, are the same."""
    for value in ("[GDPR, SOC2]", '"GDPR,SOC2"'):
        text = R % ("aws", "ecs", 1, "2Gi") + f"tags: {{compliance: {value}}}\n"
        (loaded,) = jobs(project, job(text))
        assert build_tags(loaded, TagSettings()).as_map()["Compliance"] == "GDPR+SOC2"


def test_business_tags(project: Path) -> None:
    """A single business tag is a list of one, and the job's replace those of the asset."""
    more = "finops: {business_tags: payments}\nasset_path: assets/stripe/v1.0/customers.yaml\n"
    (loaded,) = jobs(project, job(R % ("aws", "ecs", 1, "2Gi"), more))
    assert build_tags(loaded, TagSettings()).as_map()["BusinessTags"] == "payments"


# Terraform
@pytest.mark.parametrize(
    ("config", "kind"),
    [
        ("bucket: b, dynamodb_table: t", "s3"),
        ("bucket: b, use_lockfile: true", "s3"),
        ("bucket: b, key: k, region: r", "s3"),
        ("bucket: b, prefix: p", "gcs"),
        ("container_name: c, key: k", "azurerm"),
        ("storage_account_name: a", "azurerm"),
        ("bucket: b", "gcs"),
    ],
)
def test_backend_without_type(config: str, kind: str) -> None:
    """A backend without a type has that of its arguments, or else that of the cloud."""
    text = f"provider: gcp\nterraform: {{backend_config: {{{config}}}}}\n"
    assert block(text)["terraform"]["backend"]["type"] == kind


def test_backend_with_type() -> None:
    """The arguments below ``config``, or beside the type."""
    flat = {"type": "s3", "bucket": "b", "key": "k"}
    nested = "terraform: {backend: {type: s3, config: {bucket: b, key: k}}}\n"
    assert block(nested)["terraform"]["backend"] == flat
    beside = "compute: {cpu: 1}\nterraform: {backend: {type: s3, bucket: b, key: k}}\n"
    assert block(beside)["terraform"]["backend"] == flat


@pytest.mark.parametrize(
    "terraform",
    [
        "backend_config: {dynamodb_table: t, container_name: c}",
        "backend: {type: s3, bucket: a, config: {bucket: b}}",
        "backend: {type: s3, bucket: b}\n  backend_config: {bucket: b}",
    ],
)
def test_backend_contradiction(terraform: str) -> None:
    """Arguments of two backends, or two backends, are an error at both lines."""
    assert len(refused(job(f"provider: aws\nterraform:\n  {terraform}\n"))) == 2


def test_backend_of_no_cloud() -> None:
    """A backend that nothing tells is asked for."""
    (told,) = refused(job("terraform: {backend_config: {bucket: b}}\n"))
    assert "add `type: s3`, gcs or azurerm" in told


def test_workspace() -> None:
    """A root is one state; the name of a workspace stays as a tag."""
    found = block("terraform: {workspace: prod}\n")
    assert found == {"tags": {"terraform_workspace": "prod"}}


GIT = "git::https://example.com/a.git//m"


@pytest.mark.parametrize(
    ("source", "version"),
    [(GIT, "v1.2.0"), (GIT + "?ref=v1.2.0", "1.2.0"), (GIT + "?ref=1.2.0", "v1.2.0")],
)
def test_module_version(project: Path, source: str, version: str) -> None:
    """The version of a git module is its tag; both may be said if they are the same."""
    module = f"terraform: {{module_source: '{source}', module_version: {version}}}\n"
    found = outcome(project, job(R % ("aws", "ecs", 1, "2Gi") + module))
    assert found.errors == []
    ((_, texts),) = found.built.roots.items()
    pinned = source if "ref=" in source else f"{source}?ref={version}"
    assert f'source = "{pinned}"' in texts["main.tf"]


@pytest.mark.parametrize(
    ("source", "version", "why"),
    [
        (GIT + "?ref=v1.2.0", "1.3.0", "which is the same thing"),
        (GIT, "~> 1.0", "a git module takes one tag"),
        ("./modules/x", "1.0.0", "no effect on a module in a local folder"),
    ],
)
def test_module_version_refused(source: str, version: str, why: str) -> None:
    """Two versions, a constraint for a git module, a version of a local one."""
    module = f'terraform:\n  module_source: "{source}"\n  module_version: "{version}"\n'
    told = refused(job("provider: aws\n" + module))
    assert all(why in message for message in told)
    assert told[-1].startswith("7: ")


@pytest.mark.parametrize(
    "written",
    [
        "output.cluster_name",
        "module.etl.cluster_name",
        '"{{terraform_outputs.cluster_name}}"',
        '"{{ terraform_outputs.cluster_name }}"',
    ],
)
def test_outputs(project: Path, written: str) -> None:
    """Every way of naming an output is a placeholder, which the module must have."""
    text = job(E % "ecs" + f"outputs: {{cluster: {written}}}\n")
    (loaded,) = jobs(project, text)
    identifiers = loaded.job.infrastructure.resource_identifiers
    assert identifiers == {"cluster": "{{terraform_outputs.cluster_name}}"}
    wrong = outcome(project, text.replace("cluster_name", "cluster_nam"))
    assert len(wrong.errors) == 1
    assert wrong.errors[0].startswith("6: the module modules/aws-ecs-fargate has no output")


@pytest.mark.parametrize("written", ["aws_iam_role.x.arn", "the id of the cluster"])
def test_no_outputs(written: str) -> None:
    """The address of a resource, or free text, is no output."""
    (told,) = refused(job(E % "ecs" + f"outputs: {{cluster: {written}}}\n"))
    assert told.startswith("6: ")
    assert "write output.NAME" in told


def test_reversed_outputs() -> None:
    """A mapping from outputs to places in the job is read the other way round."""
    text = "terraform: {outputs: {cluster_name: infrastructure.resource_identifiers.cluster}}\n"
    assert block(text)["resource_identifiers"] == {"cluster": "{{terraform_outputs.cluster_name}}"}
    (told,) = refused(job("terraform: {outputs: {role: target.connection.role}}\n"))
    assert "write {{terraform_outputs.role}} there" in told


# Names and stages
@pytest.mark.parametrize(
    ("written", "stage"),
    [("production", "prod"), ("Development", "dev"), ("stage", "staging"), ("test", "test")],
)
def test_stages(written: str, stage: str) -> None:
    """Stages have one name each, in the job and in its tags."""
    text = job(f"tags: {{Environment: {written}, custom: {{a: b}}}}\n")
    text = text.replace("environment: prod", f"environment: {written}")
    translation = translated(text)
    assert translation.document["environment"] == stage
    assert translation.document["infrastructure"]["tags"]["Environment"] == stage


def test_stage_of_finops() -> None:
    """What finops calls the stage is compared, in whatever word."""
    text = job(E % "ecs", "finops: {environment: %s}\n")
    assert translated(text % "production").warnings == ()
    (warning,) = translated(text % "staging").warnings
    assert warning.message == '"finops.environment" is "staging", but the job is for "prod"'


def test_stage_from_tags() -> None:
    """A job that names no stage but in its tags is for that one."""
    text = job("tags: {environment: production, custom: {a: b}}\n")
    translation = translated(text.replace("environment: prod\n", "", 1))
    assert translation.document["environment"] == "prod"
    assert translation.moved[("environment",)] == ("infrastructure", "tags", "environment")


def test_variables(project: Path) -> None:
    """${NAME} is filled from the job and dativo.yaml, in any case; what is left is a variable of
    the root, never of the process.
    """
    text = R % ("aws", "ecs", 1, "2Gi") + "storage: {bucket: '${ICEBERG_BUCKET}', prefix: '%s'}\n"
    (loaded,) = jobs(project, job(text % "${tenant_id}/${ENVIRONMENT}"))
    storage = loaded.job.infrastructure.storage
    assert (storage.data_bucket, storage.prefix) == ("acme-data-lake", "acme/prod")
    ((_, texts),) = outcome(project, job(text % "${HOME}")).built.roots.items()
    assert "var.home" in texts["main.tf"]


def test_name(project: Path) -> None:
    """The name of a job: its own key, or the tag, or the file's; never the asset's."""
    text = job(R % ("aws", "ecs", 1, "2Gi") + "tags: {%s}\n", "asset: customers\n")
    assert jobs(project, text % "job_name: etl")[0].job.name == "etl"
    assert jobs(project, text % "JobName: etl")[0].job.name == "etl"
    assert jobs(project, text % "")[0].job.name == "job"
    (error,) = outcome(project, text % "job_name: a b").errors
    assert error.startswith('6: the job name "a b" may hold only letters')


# What one key has meant
def test_metadata() -> None:
    """Metadata holds tags, labels, annotations and variables; else nobody knows what it means."""
    found = block(
        "metadata: {tags: {a: b}, labels: {c: d}, annotations: {e: f}, variables: {g: h}}\n"
    )
    assert found == {
        "tags": {"a": "b"},
        "kubernetes": {"labels": {"c": "d"}, "annotations": {"e": "f"}},
        "terraform": {"variables": {"g": "h"}},
    }
    (told,) = refused(job("metadata: {tags: {a: b}, team: x}\n"))
    assert told.startswith('4: unknown key "team" in "infrastructure.metadata"')


def test_resources() -> None:
    """Resources are things that exist already; addresses of Terraform are none."""
    found = block("resources: {cache: {endpoint: e, cluster_id: c}, queue: {url: u}}\n")
    assert found["references"] == {
        "cache": {"endpoint": "e", "cluster_id": "c"},
        "queue": {"url": "u"},
    }
    (told,) = refused(
        job("runtime: {compute_type: ecs}\nresources: {compute: aws_ecs_task.x.arn}\n")
    )
    assert told.startswith('5: unknown key "compute" in "infrastructure.resources"')


def test_dagster() -> None:
    """Dagster's own settings stay in the file, beside infrastructure, for the runner."""
    translation = translated(job("provider: aws\nruntime: {type: ecs}\ndagster: {repository: r}\n"))
    assert translation.document["dagster"] == {"repository": "r"}
    assert translation.document["infrastructure"]["orchestrator"] == {"type": "dagster"}
    assert len(refused(job("runtime: {type: airflow}\ndagster: {repository: r}\n"))) > 1
