"""What the workflows of GitHub Actions do: each step in bash, in a repository, on stand-ins."""

from __future__ import annotations

import json
import re

import pytest

from tests.ci.code_host import TOKEN
from tests.ci.conftest import ROOT, Team
from tests.terraform.projects import JOB

pytestmark = [pytest.mark.terraform, pytest.mark.xdist_group("github")]


def _reviewed(team: Team, number: int) -> str:
    [comment] = team.host.comments[number]
    text: str = comment["body"]
    return text


def _state(team: Team) -> dict[str, object]:
    found: dict[str, object] = json.loads((team.folder / ROOT / "terraform.tfstate").read_text())
    return found


def _merged(team: Team) -> None:
    """A change is reviewed, merged and applied, and then one that changes no root."""
    team.git("checkout", "--quiet", "-b", "memory")
    team.edit(lambda text: text.replace("runtime:", "runtime:\n    memory: 3Gi"))
    team.commit("more memory")
    (entry,) = team.pull_request(1)
    assert (entry["roots"], entry["environment"], entry["cloud"]) == ([ROOT], "prod", "aws")
    assert not (team.folder / ROOT / "terraform.tfstate").exists()
    first = _reviewed(team, 1)
    assert re.search(rf"\| `{ROOT}` \| \d+ to add, 0 to change, 0 to destroy \| `\w+` \|", first)
    assert "3072" in first  # what dativo diff says
    team.edit(lambda text: text.replace("3Gi", "4Gi"))
    team.commit("even more")
    team.pull_request(1)
    assert _reviewed(team, 1) != first
    before, _ = team.merge(1)
    applied, followed = team.pushed(before)
    assert applied.code == 0, applied.output
    assert f"== {ROOT}: applied" in applied.output
    assert (followed.code, followed.output) == (0, "nothing follows\n")
    assert _state(team)["resources"]
    team.git("checkout", "--quiet", "-b", "words")
    (team.folder / "NOTES.md").write_text("words\n", encoding="utf-8")
    team.commit("words")
    assert team.pull_request(2) == []
    before, _ = team.merge(2)
    assert team.pushed(before) == []


def test_a_change_is_planned_told_and_applied(team: Team) -> None:
    """The roots of a pull request are planned and told of in one comment, which a second push
    writes anew; merging applies that plan; a change of no root plans and applies nothing.
    """
    _merged(team)


@pytest.fixture
def settled(team: Team) -> Team:
    """A team that has applied its root, whichever tests ran before."""
    if not (team.folder / ROOT / "terraform.tfstate").exists():
        _merged(team)
    return team


@pytest.mark.deep
def test_another_plan_than_the_reviewed_one_is_refused(settled: Team) -> None:
    """What changed in the cloud between review and merge makes another plan: it is refused with
    what it would do, and applied by hand with the digest that the refusal names.
    """
    team = settled
    team.git("checkout", "--quiet", "-b", "cpu")
    team.edit(lambda text: text.replace("4Gi", "5Gi"))
    team.commit("more")
    team.pull_request(3)
    before, _ = team.merge(3)
    path = team.folder / ROOT / "terraform.tfstate"
    state = json.loads(path.read_text())
    (group,) = [r for r in state["resources"] if r["type"] == "aws_cloudwatch_log_group"][:1]
    group["instances"][0]["attributes"]["retention_in_days"] = 3
    path.write_text(json.dumps({**state, "serial": state["serial"] + 1}))
    refused, _ = team.pushed(before)
    assert refused.code == 2
    assert f"{ROOT} is not applied: this is not the plan that was reviewed in pull request 3" in (
        refused.output
    )
    assert re.search(r"^ +update \S*aws_cloudwatch_log_group", refused.output, re.MULTILINE)
    kept = json.loads(path.read_text())["serial"]
    assert kept == state["serial"] + 1
    wrong, _ = team.pushed("", root=ROOT, digest="0" * 32)
    assert wrong.code == 2
    (digest,) = set(re.findall(r"^  ([0-9a-f]{32})$", refused.output, re.MULTILINE))
    agreed, _ = team.pushed("", root=ROOT, digest=digest)
    assert agreed.code == 0, agreed.output


def test_a_push_without_review_is_refused(team: Team) -> None:
    """What no pull request brought was not reviewed, and is not applied."""
    before = team.git("rev-parse", "HEAD")
    team.edit(lambda text: text.replace("team: data", "team: platform"))
    team.commit("straight to main")
    refused, _ = team.pushed(before)
    assert (refused.code, "no plan of it was reviewed" in refused.output) == (2, True)
    team.git("reset", "--quiet", "--hard", before)


@pytest.mark.deep
def test_drift_is_an_issue_until_it_is_gone(settled: Team) -> None:
    """The nightly run opens one issue a root, writes it anew, and closes it when it is gone."""
    team = settled

    def night() -> None:
        work = team.workflow("dativo-drift")
        matrix = json.loads(work.job("roots").outputs["matrix"])
        (entry,) = matrix["include"]
        assert work.job("plan", matrix=entry).code == 0
        done = work.job("issues", github={"token": TOKEN})
        assert done.code == 0, done.output

    night()
    assert team.host.open_issues == []
    path = team.folder / ROOT / "terraform.tfstate"
    state = path.read_text()
    changed = json.loads(state)
    for resource in changed["resources"]:
        if resource["type"] == "aws_cloudwatch_log_group":
            resource["instances"][0]["attributes"]["retention_in_days"] = 3
    path.write_text(json.dumps(changed))
    night()
    night()
    (issue,) = team.host.open_issues
    assert issue["title"] == f"Drift in {ROOT}"
    assert "- update `module.job.aws_cloudwatch_log_group" in issue["body"]
    path.write_text(state)
    night()
    assert (team.host.open_issues, team.host.closed) == ([], [issue["number"]])


@pytest.mark.deep
def test_a_tombstone_is_applied_and_then_pruned(settled: Team) -> None:
    """The plan of a root whose job is gone destroys; once it is applied a pull request that takes
    the folder away is opened.
    """
    team = settled
    team.git("checkout", "--quiet", "-b", "retire")
    (team.folder / JOB).unlink()
    other = team.folder / JOB.parent / "later.yaml"
    other.write_text("tenant_id: acme\n", encoding="utf-8")
    team.dativo("generate")
    team.commit("retire")
    team.pull_request(5)
    assert re.search(
        rf"\| `{ROOT}` \(retired\) \| \*\*0 to add, 0 to change, \d+ to destroy", _reviewed(team, 5)
    )
    before, commit = team.merge(5)
    applied, followed = team.pushed(before)
    assert applied.code == 0, applied.output
    assert re.search(
        r"Apply complete! Resources: 0 added, 0 changed, \d+ destroyed", applied.output
    )
    assert followed.output == f"proposed dativo/after-{commit[:12]}\n"
    (proposed,) = [one for one in team.host.pulls.values() if "title" in one]
    assert (proposed["title"], proposed["base"]) == ("Prune what was applied", "main")
    gone = team.git("diff", "--name-status", "main", f"origin/{proposed['head']}").split()
    assert set(gone[::2]) == {"D"}
    assert all(path.startswith(f"{ROOT}/") for path in gone[1::2])
