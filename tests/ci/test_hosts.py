"""What each code host is asked: one comment that is written anew, issues that are closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from generator.errors import UsageError
from generator.steps import drift
from generator.steps.comment import comment
from generator.steps.hosts.choose import host_of
from generator.steps.hosts.host import Host, PullRequest
from generator.steps.record import Record
from generator.steps.reviewed import reviewed_of
from tests.ci.code_host import TOKEN, AzureHost, CodeHost, GitHubHost, GitLabHost, serving

ROOT = "generated/acme/orders/prod"
HEAD, COMMIT = "a" * 40, "c" * 40
PLANNED = Record(ROOT, "d" * 32, (1, 0, 0), (("aws_sqs_queue.one", ("create",)),))
PULL = PullRequest(5, HEAD)


def _environment(kind: str, address: str) -> dict[str, str]:
    return {
        "github": {
            "GITHUB_ACTIONS": "true",
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_REPOSITORY": "acme/data",
            "GITHUB_API_URL": address,
        },
        "gitlab": {
            "GITLAB_CI": "true",
            "DATIVO_GITLAB_TOKEN": TOKEN,
            "CI_PROJECT_ID": "12",
            "CI_API_V4_URL": address,
            "CI_MERGE_REQUEST_IID": "5",
            "CI_COMMIT_SHA": HEAD,
        },
        "azure-devops": {
            "TF_BUILD": "True",
            "SYSTEM_ACCESSTOKEN": TOKEN,
            "SYSTEM_COLLECTIONURI": f"{address}/acme/",
            "SYSTEM_TEAMPROJECT": "data",
            "BUILD_REPOSITORY_ID": "r1",
            "SYSTEM_PULLREQUEST_PULLREQUESTID": "5",
            "SYSTEM_PULLREQUEST_SOURCECOMMITID": HEAD,
        },
    }[kind]


@pytest.fixture(params=["github", "gitlab", "azure-devops"])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Host, Any]]:
    """A host as dativo speaks to it, and the make-believe server behind it."""
    kinds: Mapping[str, type[CodeHost]]
    kinds = {"github": GitHubHost, "gitlab": GitLabHost, "azure-devops": AzureHost}
    server = kinds[request.param]()
    with serving(server) as address:
        yield host_of(_environment(request.param, address)), server


def _merge(server: Any) -> None:
    if isinstance(server, GitHubHost):
        server.pull(5, HEAD)
        server.merge(5, COMMIT)
    else:
        server.merge(5, HEAD, COMMIT)


def test_one_comment(both: tuple[Host, Any]) -> None:
    """The first comment is made, the second written over it, an equal one not sent; what it says
    was reviewed is found by the commit that was merged.
    """
    host, server = both
    host.put_comment(PULL, comment([PLANNED], "first", HEAD, host.longest))
    text = comment([PLANNED], "second", HEAD, host.longest)
    host.put_comment(PULL, text)
    assert host.comment(PULL) == text
    wrote = [call for call in server.calls if not call.startswith("GET")]
    assert len(wrote) == 2
    host.put_comment(PULL, text)
    assert [call for call in server.calls if not call.startswith("GET")] == wrote
    assert reviewed_of(host, [COMMIT]) == {}
    _merge(server)
    assert {root: one.digest for root, one in reviewed_of(host, [COMMIT]).items()} == {
        ROOT: "d" * 32
    }


def test_an_issue_a_root(both: tuple[Host, Any]) -> None:
    """An issue is opened once, written anew, and closed when the plan is empty or the root gone."""
    host, _ = both
    other = PLANNED._replace(root="generated/acme/other/prod")
    drift.tell(host, [PLANNED, other], [ROOT, other.root])
    drift.tell(host, [PLANNED._replace(error="No credentials"), other], [ROOT, other.root])
    titles = [f"Drift in {ROOT}", "Drift in generated/acme/other/prod"]
    assert sorted(one.title for one in host.issues()) == titles
    said = drift.tell(host, [Record(ROOT, "e" * 32)], [ROOT])
    assert host.issues() == []
    assert said == [
        f"{ROOT}: closed, the plan is empty again",
        "generated/acme/other/prod: closed, the root is gone",
    ]


def test_a_proposal(both: tuple[Host, Any]) -> None:
    """A branch is proposed onto the branch that roots are applied from."""
    host, server = both
    host.propose("dativo/after-1", "main", "Prune", "text")
    assert any(call.startswith("POST") for call in server.calls)


def test_outside_of_a_pipeline_it_is_told() -> None:
    """Who runs a step by hand reads which variables are missing."""
    with pytest.raises(UsageError, match="GITHUB_ACTIONS"):
        host_of({})
    with pytest.raises(UsageError, match="no GITHUB_TOKEN"):
        host_of({"GITHUB_ACTIONS": "true"})


def test_a_server_that_says_no_is_an_error() -> None:
    """What the server answers is told, without the token."""
    with serving(GitHubHost()) as address:
        given = _environment("github", address) | {"GITHUB_TOKEN": "expired"}
        with pytest.raises(UsageError, match=r"401 .*Bad credentials") as raised:
            host_of(given).comment(PULL)
    assert "expired" not in str(raised.value)
