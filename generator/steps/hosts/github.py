"""GitHub, and GitHub Enterprise: https://docs.github.com/en/rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.errors import UsageError
from generator.steps.hosts.host import LABEL, MARK, Issue, PullRequest
from generator.steps.hosts.http import Api

# Who writes with the token of a workflow.
_BOT = "github-actions[bot]"


class GitHub:
    """A repository on GitHub, as a workflow sees it."""

    longest = 65_536

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Nothing is asked yet.

        Args:
            environment: of a step; GITHUB_TOKEN has to be handed to it.

        Raises:
            UsageError: something is missing.
        """
        try:
            token, self._name = environment["GITHUB_TOKEN"], environment["GITHUB_REPOSITORY"]
        except KeyError as error:
            raise UsageError(f"no {error.args[0]}: hand it to the step with env") from None
        address = environment.get("GITHUB_API_URL", "https://api.github.com")
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        self._api = Api(f"{address}/repos/{self._name}", headers)
        self._event_file = environment.get("GITHUB_EVENT_PATH", "")

    def own(self) -> PullRequest | None:
        """The pull request of the event that the workflow runs for."""
        try:
            with open(self._event_file, encoding="utf-8") as file:
                event = json.load(file)
        except (OSError, ValueError):
            return None
        pull = event.get("pull_request")
        return None if pull is None else PullRequest(int(pull["number"]), pull["head"]["sha"])

    def brought(self, commit: str) -> PullRequest | None:
        """The merged pull request of a commit; one from a fork is not believed."""
        for pull in self._api.call("GET", f"commits/{commit}/pulls"):
            repository = (pull["head"].get("repo") or {}).get("full_name")
            if pull.get("merged_at") and repository == self._name:
                return PullRequest(int(pull["number"]), pull["head"]["sha"])
        return None

    def comment(self, pull: PullRequest) -> str | None:
        """Our comment on a pull request."""
        found = self._comment(pull)
        return None if found is None else str(found["body"])

    def put_comment(self, pull: PullRequest, text: str) -> None:
        """Write our comment anew, or for the first time."""
        found = self._comment(pull)
        if found is None:
            self._api.call("POST", f"issues/{pull.number}/comments", {"body": text})
        elif found["body"] != text:
            self._api.call("PATCH", f"issues/comments/{found['id']}", {"body": text})

    def _comment(self, pull: PullRequest) -> dict[str, Any] | None:
        for one in self._api.pages(f"issues/{pull.number}/comments", per_page=100):
            author = (one.get("user") or {}).get("login")
            if author == _BOT and (one.get("body") or "").startswith(MARK):
                return dict(one)
        return None

    def issues(self) -> list[Issue]:
        """Our open issues; GitHub lists pull requests among them."""
        found = self._api.pages("issues", state="open", labels=LABEL, per_page=100)
        return [
            Issue(int(one["number"]), one["title"]) for one in found if "pull_request" not in one
        ]

    def put_issue(self, number: int | None, title: str, text: str) -> None:
        """Write an issue anew, or open one."""
        body: dict[str, Any] = {"title": title, "body": text}
        if number is None:
            self._api.call("POST", "issues", {**body, "labels": [LABEL]})
        else:
            self._api.call("PATCH", f"issues/{number}", body)

    def close_issue(self, number: int, why: str) -> None:
        """Close an issue, and say why."""
        self._api.call("POST", f"issues/{number}/comments", {"body": why})
        body = {"state": "closed", "state_reason": "completed"}
        self._api.call("PATCH", f"issues/{number}", body)

    def propose(self, branch: str, onto: str, title: str, text: str) -> None:
        """Open a pull request for a branch, unless one is open."""
        owner = self._name.partition("/")[0]
        query = {"head": f"{owner}:{branch}", "base": onto, "state": "open"}
        if not self._api.call("GET", "pulls", **query):
            body = {"head": branch, "base": onto, "title": title, "body": text}
            self._api.call("POST", "pulls", body)
