"""The example roots on AWS, on the real provider, with moto's server as the cloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.deep import sampled
from tests.real.aws import AwsProject, moto
from tests.real.conftest import Command, RealProviders

pytestmark = [pytest.mark.real_provider, pytest.mark.xdist_group("real aws")]


@pytest.fixture(scope="module")
def acme(
    real_providers: RealProviders,
    real_terraform: Command,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[AwsProject]:
    """The project of acme, whose cloud has what its jobs name."""
    version = real_providers.version("hashicorp/aws")
    with moto("123456789012") as server:
        yield AwsProject(tmp_path_factory.mktemp("acme"), server, real_terraform, version)


@pytest.fixture(scope="module")
def spoilt(acme: AwsProject) -> dict[str, str]:
    """Things in the same cloud that are there and wrong: what it is, to its id."""
    found: dict[str, str] = acme.server.ask("spoil")
    return found


GROUP = "sg-0a1b2c3d4e5f60718"
JOBS = {
    "container": ("acme/stripe-customers.yaml", "acme/stripe-customers/prod"),
    "container in a cluster of others": (
        "acme/postgres-orders.yaml",
        "acme/postgres-orders/prod",
    ),
    "function": ("acme/sendgrid-bounces.yaml", "acme/sendgrid-bounces/prod"),
    "cluster": ("acme/order-history.yaml", "acme/order-history/prod"),
}


@pytest.mark.deep
@pytest.mark.parametrize(("job", "root"), JOBS.values(), ids=JOBS)
def test_life_of_a_root(acme: AwsProject, job: str, root: str) -> None:
    """A root applies as it is, tags all that takes tags, and leaves nothing to do; a changed tag
    changes in place; a retired job goes with all that it made.
    """
    acme.add(job)
    folder = acme.applied(root)
    wanted = acme.wanted(job)
    assert {name: tags for name, tags in acme.tags(folder).items() if tags != wanted} == {}

    acme.edit(job, "tags: {", "tags: {review: yearly, ")
    acme.generate()
    actions = acme.changes(folder)
    assert {tuple(each) for each in actions.values()} <= {("update",)} and actions
    acme.apply(folder)
    wanted = {**wanted, "review": "yearly"}
    assert acme.wanted(job) == wanted
    assert {name: tags for name, tags in acme.tags(folder).items() if tags != wanted} == {}

    acme.retire(job, folder)
    assert acme.state(folder)["resources"] == []


@pytest.mark.deep
def test_a_group_goes_after_what_was_in_it(acme: AwsProject) -> None:
    """A function moves to the groups of its job's own before the module's group and its ways out
    go, and loses a tag on the way; at the end it goes before its way out does.
    """
    job, name = "acme/sendgrid-bounces.yaml", "acme/sendgrid-bounces/dev"
    function, rule = (
        "aws_lambda_function.this",
        'aws_vpc_security_group_egress_rule.https["0.0.0.0/0"]',
    )
    acme.add(job)
    folder = acme.applied(name)
    acme.edit(job, "subnet_ids:", f"security_group_ids: [{acme.made(GROUP)}]\n    subnet_ids:")
    acme.edit(job, ", project: newsletter", "")
    acme.generate()
    said = acme.terraform(folder, "apply", "-auto-approve", "-input=false").stdout
    assert _order(said, f"{function}: Modifications complete", f"{rule}: Destroying")
    assert _order(said, f"{rule}: Destruction", 'aws_security_group.this["this"]: Destroying')
    acme.terraform(folder, "plan", "-detailed-exitcode", "-input=false")
    wanted = acme.wanted(job, "dev")
    assert "Project" not in wanted
    assert {each: tags for each, tags in acme.tags(folder).items() if tags != wanted} == {}

    acme.edit(job, f"security_group_ids: [{acme.made(GROUP)}]\n    ", "")
    acme.generate()
    acme.terraform(folder, "apply", "-auto-approve", "-input=false")
    said = acme.terraform(folder, "destroy", "-auto-approve", "-input=false").stdout
    assert _order(said, f"{function}: Destruction complete", f"{rule}: Destroying")
    assert acme.state(folder)["resources"] == []


def _order(said: str, first: str, then: str) -> bool:
    """Whether Terraform told of both, and of one before the other."""
    assert first in said and then in said, said
    return said.index(first) < said.index(then)


# A job, its root, and what it names that is there and wrong: the text of the job, what is spoilt,
# and the sentence that whoever plans reads.
WRONG = {
    "elsewhere": (
        "acme/stripe-customers",
        {
            r"(?<=data_bucket: )acme-data-lake": (
                "bucket",
                "The bucket made-elsewhere is in us-west-2, and the job runs in us-east-1",
            ),
            r"arn:aws:kms:\S+": ("key", "is in state PendingDeletion, not Enabled"),
        },
    ),
    "of another network": (
        "acme/postgres-orders",
        {
            "acme-shared": (
                "cluster",
                "reading ECS Cluster (was-here): INACTIVE",  # the provider's own
            ),
            r"subnet-\w+": (
                "subnet",
                "another VPC than the job; see infrastructure.network.subnet_ids",
            ),
            r"sg-\w+": ("group", "VPC than the job; see infrastructure.network.security_group_ids"),
        },
    ),
}


@pytest.mark.parametrize(("job", "wrong"), sampled(WRONG, "elsewhere"))
def test_what_exists_and_is_wrong(
    acme: AwsProject, spoilt: dict[str, str], job: str, wrong: dict[str, tuple[str, str]]
) -> None:
    """What a job names and is there, but not as the job needs it, stops the plan with a sentence
    that names the thing, the field and the file.
    """
    acme.add(f"{job}.yaml")
    for pattern, (what, _) in wrong.items():
        acme.put(f"{job}.yaml", pattern, spoilt[what])
    acme.generate()
    folder = acme.root(f"{job}/prod")
    said = acme.refused(folder)
    assert [sentence for _, sentence in wrong.values() if sentence not in said] == [], said
