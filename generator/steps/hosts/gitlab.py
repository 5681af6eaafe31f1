"""GitLab: https://docs.gitlab.com/api/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.errors import UsageError
from generator.steps.hosts.host import LABEL, MARK, Issue, PullRequest
from generator.steps.hosts.http import Api

# The token of a job may not write notes, so that a project's access token is needed.
TOKEN = "DATIVO_GITLAB_TOKEN"  # noqa: S105  # the name of a variable


class GitLab:
    """A project on GitLab, as a job sees it."""

    longest = 1_000_000

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Nothing is asked yet.

        Args:
            environment: of a job; DATIVO_GITLAB_TOKEN is a masked variable of the project.

        Raises:
            UsageError: something is missing.
        """
        try:
            token, project = environment[TOKEN], environment["CI_PROJECT_ID"]
            address = environment["CI_API_V4_URL"]
        except KeyError as error:
            raise UsageError(f"no {error.args[0]}: see the variables of the project") from None
        headers = {"PRIVATE-TOKEN": token}
        self._api = Api(f"{address}/projects/{project}", headers)
        self._server = Api(address, headers)
        self._number = environment.get("CI_MERGE_REQUEST_IID", "")
        self._head = environment.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "") or environment.get(
            "CI_COMMIT_SHA", ""
        )
        self._me: int | None = None

    def own(self) -> PullRequest | None:
        """The merge request that the pipeline runs for."""
        return PullRequest(int(self._number), self._head) if self._number else None

    def brought(self, commit: str) -> PullRequest | None:
        """The merged merge request of a commit: from this project, so that no fork is believed."""
        for one in self._api.call("GET", f"repository/commits/{commit}/merge_requests"):
            here = one.get("source_project_id") == one.get("target_project_id")
            if one.get("state") == "merged" and here:
                return PullRequest(int(one["iid"]), one["sha"])
        return None

    def comment(self, pull: PullRequest) -> str | None:
        """Our note on a merge request."""
        found = self._note(pull)
        return None if found is None else str(found["body"])

    def put_comment(self, pull: PullRequest, text: str) -> None:
        """Write our note anew, or for the first time."""
        notes, found = f"merge_requests/{pull.number}/notes", self._note(pull)
        if found is None:
            self._api.call("POST", notes, {"body": text})
        elif found["body"] != text:
            self._api.call("PUT", f"{notes}/{found['id']}", {"body": text})

    def _note(self, pull: PullRequest) -> dict[str, Any] | None:
        if self._me is None:
            self._me = int(self._server.call("GET", "user")["id"])
        for one in self._api.pages(f"merge_requests/{pull.number}/notes", per_page=100):
            if one["author"]["id"] == self._me and one["body"].startswith(MARK):
                return dict(one)
        return None

    def issues(self) -> list[Issue]:
        """Our open issues."""
        found = self._api.pages("issues", state="opened", labels=LABEL, per_page=100)
        return [Issue(int(one["iid"]), one["title"]) for one in found]

    def put_issue(self, number: int | None, title: str, text: str) -> None:
        """Write an issue anew, or open one."""
        body = {"title": title, "description": text}
        if number is None:
            self._api.call("POST", "issues", {**body, "labels": LABEL})
        else:
            self._api.call("PUT", f"issues/{number}", body)

    def close_issue(self, number: int, why: str) -> None:
        """Close an issue, and say why."""
        self._api.call("POST", f"issues/{number}/notes", {"body": why})
        self._api.call("PUT", f"issues/{number}", {"state_event": "close"})

    def propose(self, branch: str, onto: str, title: str, text: str) -> None:
        """Open a merge request for a branch, unless one is open."""
        query = {"source_branch": branch, "target_branch": onto, "state": "opened"}
        if not self._api.call("GET", "merge_requests", **query):
            self._api.call(
                "POST",
                "merge_requests",
                {
                    "source_branch": branch,
                    "target_branch": onto,
                    "title": title,
                    "description": text,
                    "remove_source_branch": True,
                },
            )
