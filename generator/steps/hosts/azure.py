"""Azure DevOps, with repositories in Azure Repos: https://learn.microsoft.com/rest/api/azure/devops.

It has work items in place of issues; those of drift are of the type Task, which all of its
processes have.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from generator.errors import UsageError
from generator.steps.hosts.host import LABEL, MARK, Issue, PullRequest
from generator.steps.hosts.http import Api

_VERSION = {"api-version": "7.1"}


class Azure:
    """A repository in Azure Repos, as a pipeline sees it."""

    longest = 150_000

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Nothing is asked yet.

        Args:
            environment: of a step; SYSTEM_ACCESSTOKEN has to be handed to it.

        Raises:
            UsageError: something is missing.
        """
        try:
            token = environment["SYSTEM_ACCESSTOKEN"]
            organisation = environment["SYSTEM_COLLECTIONURI"].rstrip("/")
            project, repository = (
                quote(environment[name], safe="")
                for name in ("SYSTEM_TEAMPROJECT", "BUILD_REPOSITORY_ID")
            )
        except KeyError as error:
            raise UsageError(f"no {error.args[0]}: hand it to the step with env") from None
        headers = {"Authorization": f"Bearer {token}"}
        self._git = Api(f"{organisation}/{project}/_apis/git/repositories/{repository}", headers)
        self._work = Api(f"{organisation}/{project}/_apis/wit", headers)
        # Fields of work items are patched, in a media type of their own.
        patch = {**headers, "Content-Type": "application/json-patch+json"}
        self._items = Api(f"{organisation}/{project}/_apis/wit/workitems", patch)
        self._server = Api(f"{organisation}/_apis", headers)
        self._number = environment.get("SYSTEM_PULLREQUEST_PULLREQUESTID", "")
        self._head = environment.get("SYSTEM_PULLREQUEST_SOURCECOMMITID", "")
        self._me = ""

    def own(self) -> PullRequest | None:
        """The pull request that the pipeline runs for."""
        return PullRequest(int(self._number), self._head) if self._number else None

    def brought(self, commit: str) -> PullRequest | None:
        """The completed pull request of a commit: not from a fork, so that none is believed."""
        for kind in ("lastMergeCommit", "commit"):
            body = {"queries": [{"items": [commit], "type": kind}]}
            answer = self._git.call("POST", "pullrequestquery", body, **_VERSION)
            for found in answer["results"]:
                for one in found.get(commit, ()):
                    if one["status"] == "completed" and not one.get("forkSource"):
                        head = one["lastMergeSourceCommit"]["commitId"]
                        return PullRequest(int(one["pullRequestId"]), head)
        return None

    def comment(self, pull: PullRequest) -> str | None:
        """Our comment on a pull request."""
        found = self._comment(pull)
        return None if found is None else str(found[1]["content"])

    def put_comment(self, pull: PullRequest, text: str) -> None:
        """Write our comment anew, or for the first time; the thread asks for no answer."""
        threads, found = f"pullRequests/{pull.number}/threads", self._comment(pull)
        if found is None:
            comment = {"parentCommentId": 0, "content": text, "commentType": "text"}
            body = {"comments": [comment], "status": "closed"}
            self._git.call("POST", threads, body, **_VERSION)
        elif found[1]["content"] != text:
            place = f"{threads}/{found[0]}/comments/{found[1]['id']}"
            self._git.call("PATCH", place, {"content": text}, **_VERSION)

    def _comment(self, pull: PullRequest) -> tuple[int, dict[str, Any]] | None:
        if not self._me:
            data = self._server.call("GET", "connectionData")
            self._me = data["authenticatedUser"]["id"]
        answer = self._git.call("GET", f"pullRequests/{pull.number}/threads", **_VERSION)
        for thread in answer["value"]:
            for one in thread.get("comments", ())[:1]:
                mine = one.get("author", {}).get("id") == self._me
                if mine and (one.get("content") or "").startswith(MARK):
                    return int(thread["id"]), dict(one)
        return None

    def issues(self) -> list[Issue]:
        """Our open work items."""
        query = (
            # What goes in is a constant.
            "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project "  # noqa: S608
            f"AND [System.Tags] CONTAINS '{LABEL}' AND [System.State] <> 'Closed' "
            "AND [System.State] <> 'Done' AND [System.State] <> 'Removed'"
        )
        answer = self._work.call("POST", "wiql", {"query": query}, **_VERSION)
        found = []
        for one in answer["workItems"]:
            item = self._work.call("GET", f"workitems/{one['id']}", **_VERSION)
            found.append(Issue(int(one["id"]), item["fields"]["System.Title"]))
        return found

    def put_issue(self, number: int | None, title: str, text: str) -> None:
        """Write a work item anew, or make one; its description is HTML."""
        shown = f"<pre>{escape(text)}</pre>"
        fields = {"System.Title": title, "System.Description": shown, "System.Tags": LABEL}
        self._patch(number, fields)

    def close_issue(self, number: int, why: str) -> None:
        """Close a work item, and say why: in the last state that its process has."""
        item = self._work.call("GET", f"workitems/{number}", **_VERSION)
        kind = quote(item["fields"]["System.WorkItemType"], safe="")
        states = self._work.call("GET", f"workitemtypes/{kind}/states", **_VERSION)
        done = [one["name"] for one in states["value"] if one["category"] == "Completed"]
        self._patch(number, {"System.State": done[-1], "System.History": why})

    def _patch(self, number: int | None, fields: Mapping[str, str]) -> None:
        body = [
            {"op": "add", "path": f"/fields/{name}", "value": value}
            for name, value in fields.items()
        ]
        if number is None:
            self._items.call("POST", "$Task", body, **_VERSION)
        else:
            self._items.call("PATCH", str(number), body, **_VERSION)

    def propose(self, branch: str, onto: str, title: str, text: str) -> None:
        """Open a pull request for a branch, unless one is active."""
        source, target = f"refs/heads/{branch}", f"refs/heads/{onto}"
        query = {
            "searchCriteria.sourceRefName": source,
            "searchCriteria.targetRefName": target,
            "searchCriteria.status": "active",
        }
        if not self._git.call("GET", "pullrequests", **query, **_VERSION)["value"]:
            body = {
                "sourceRefName": source,
                "targetRefName": target,
                "title": title,
                "description": text,
            }
            self._git.call("POST", "pullrequests", body, **_VERSION)
