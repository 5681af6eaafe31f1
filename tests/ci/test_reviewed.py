"""What was reviewed is read from the comment of a pull request, and believed only if it is ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.errors import UsageError
from generator.steps.comment import comment
from generator.steps.hosts.github import GitHub
from generator.steps.record import Record
from generator.steps.reviewed import reviewed_of
from tests.ci.code_host import TOKEN, GitHubHost, serving

COMMIT, HEAD = "c" * 40, "a" * 40
ROOT = "generated/acme/orders/prod"
RECORD = Record(ROOT, "d" * 32, (1, 0, 0), (("aws_sqs_queue.one", ("create",)),))


def _host(change: Callable[[GitHubHost], object]) -> dict[str, str]:
    """The digests that are believed of a merged pull request with our comment, after a change."""
    host = GitHubHost()
    host.pull(7, HEAD)
    host.merge(7, COMMIT)
    body = comment([RECORD], "what changes", HEAD, 65_536)
    host.comments[7] = [{"id": 1, "user": {"login": "github-actions[bot]"}, "body": body}]
    change(host)
    with serving(host) as address:
        given = {
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_REPOSITORY": "acme/data",
            "GITHUB_API_URL": address,
        }
        found = reviewed_of(GitHub(given), [COMMIT])
    return {root: one.digest for root, one in found.items()}


def test_a_comment_of_ours_is_believed() -> None:
    """The digests are those of the plans, and no other comment before it matters."""

    def more(host: GitHubHost) -> None:
        host.comments[7].insert(0, {"id": 2, "user": {"login": "mallory"}, "body": "fine by me"})

    assert _host(more) == {ROOT: "d" * 32}


@pytest.mark.parametrize(
    "change",
    [
        lambda host: host.comments[7][0].update(user={"login": "mallory"}),
        lambda host: host.pulls[7]["head"].update(repo={"full_name": "mallory/data"}),
        lambda host: host.pulls[7]["head"].update(repo=None),
        lambda host: host.pulls[7].update(merged_at=None),
        lambda host: host.comments.clear(),
    ],
    ids=["of somebody else", "from a fork", "from a fork that is gone", "not merged", "none"],
)
def test_nothing_else_is_believed(change: Callable[[GitHubHost], object]) -> None:
    """A comment that somebody else wrote vouches for nothing, nor does the pull request of a fork,
    whose workflow anybody may have written.
    """
    assert _host(change) == {}


def test_commits_after_the_plan_are_not_reviewed() -> None:
    """What was merged has to be what was planned."""
    with pytest.raises(UsageError, match="pull request 7 was merged at ffffffffffff"):
        _host(lambda host: host.pulls[7]["head"].update(sha="f" * 40))


def test_a_comment_that_was_tampered_with_is_an_error() -> None:
    """What cannot be read is told, and not passed over."""

    def tampered(host: GitHubHost) -> None:
        one = host.comments[7][0]
        one["body"] = one["body"].replace("dativo:reviewed ", "dativo:reviewed AAAA")

    with pytest.raises(UsageError, match="does not say what was reviewed"):
        _host(tampered)


@pytest.mark.parametrize("number", [1, 300, 1500, 4000])
def test_a_comment_fits(number: int) -> None:
    """However much changes, the comment is as long as the host allows, and says what is left out;
    without room for the digests it says that nothing will be applied.
    """
    import hashlib

    records = [
        Record(
            f"generated/acme/job-{n}/prod",
            hashlib.sha256(str(n).encode()).hexdigest()[:32],
            (40, 0, 0),
            tuple((f"module.job.aws_thing.number[{i}]", ("create",)) for i in range(40)),
        )
        for n in range(number)
    ]
    text = comment(records, "<details>\n\n```diff\n" + "+ a line\n" * 20_000, HEAD, 65_536)
    assert len(text) <= 65_536
    assert "does not fit into a comment" in text
    assert text.count("\n```") % 2 == 0
    assert text.count("<details>") == text.count("</details>")
    assert ("dativo:reviewed" in text) == (number <= 1000) or "none of these roots" in text
