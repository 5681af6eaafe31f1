"""A make-believe code host: what its API answers to what is asked of it here, and refuses else."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, Any]
TOKEN = "token-of-a-job"


class CodeHost:
    """A server that knows some requests; the subclass has them in ``routes``.

    Attributes:
        calls: method and path of all that was asked.
    """

    address = ""

    def __init__(self) -> None:
        """Nothing is there yet."""
        self.calls: list[str] = []
        self.routes: list[tuple[str, str, Callable[..., Answer]]] = []

    def allowed(self, headers: Any) -> bool:
        """Whether a request may ask at all."""
        return bool(headers.get("Authorization") == f"Bearer {TOKEN}")

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """What a request gets."""
        for verb, pattern, route in self.routes:
            match = re.fullmatch(pattern, path)
            if verb == method and match:
                return route(*match.groups(), query=query, body=body)
        return 404, {"message": f"nothing is known of {method} {path}"}


class GitHubHost(CodeHost):
    """GitHub's issues, comments and pull requests of the repository acme/data."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        super().__init__()
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.pulls: dict[int, dict[str, Any]] = {}
        self.merged: dict[str, int] = {}
        self.open_issues: list[dict[str, Any]] = []
        self.closed: list[int] = []
        self._ids = iter(range(1000, 9999))
        top = "/repos/acme/data"
        self.routes = [
            ("GET", rf"{top}/commits/(\w+)/pulls", self._of_commit),
            ("GET", rf"{top}/issues/(\d+)/comments", self._comments),
            ("POST", rf"{top}/issues/(\d+)/comments", self._comment),
            ("PATCH", rf"{top}/issues/comments/(\d+)", self._edit),
            ("GET", rf"{top}/issues", self._issues),
            ("POST", rf"{top}/issues", self._open),
            ("PATCH", rf"{top}/issues/(\d+)", self._patch),
            ("GET", rf"{top}/pulls", lambda query, body: (200, [])),
            ("POST", rf"{top}/pulls", self._propose),
        ]

    def pull(self, number: int, head: str, repository: str = "acme/data") -> dict[str, Any]:
        """Open a pull request; returns it as an event has it."""
        self.pulls[number] = {
            "number": number,
            "merged_at": None,
            "head": {"sha": head, "repo": {"full_name": repository}},
        }
        return self.pulls[number]

    def merge(self, number: int, commit: str) -> None:
        """Merge a pull request."""
        self.pulls[number]["merged_at"] = "2026-11-27T10:00:00Z"
        self.merged[commit] = number

    def _of_commit(self, commit: str, query: Any, body: Any) -> Answer:
        number = self.merged.get(commit)
        return 200, [] if number is None else [self.pulls[number]]

    def _comments(self, number: str, query: dict[str, str], body: Any) -> Answer:
        return 200, self.comments.get(int(number), [])

    def _comment(self, number: str, query: Any, body: Any) -> Answer:
        if len(body["body"]) > 65_536:
            return 422, {"message": "body is too long (maximum is 65536 characters)"}
        made = {"id": next(self._ids), "user": {"login": "github-actions[bot]"}, **body}
        self.comments.setdefault(int(number), []).append(made)
        return 201, made

    def _edit(self, number: str, query: Any, body: Any) -> Answer:
        for comments in self.comments.values():
            for one in comments:
                if one["id"] == int(number):
                    one.update(body)
                    return 200, one
        return 404, {"message": "Not Found"}

    def _issues(self, query: dict[str, str], body: Any) -> Answer:
        wanted = query["labels"]
        return 200, [one for one in self.open_issues if wanted in one["labels"]]

    def _open(self, query: Any, body: Any) -> Answer:
        made = {"number": next(self._ids), **body}
        self.open_issues.append(made)
        return 201, made

    def _patch(self, number: str, query: Any, body: Any) -> Answer:
        [found] = [one for one in self.open_issues if one["number"] == int(number)]
        if body.get("state") == "closed":
            self.open_issues.remove(found)
            self.closed.append(int(number))
        found.update(body)
        return 200, found

    def _propose(self, query: Any, body: Any) -> Answer:
        number = next(self._ids)
        self.pulls[number] = {"number": number, **body}
        return 201, self.pulls[number]


@contextmanager
def serving(host: CodeHost) -> Iterator[str]:
    """Serve a host on this machine; the address."""

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            host.calls.append(f"{self.command} {parts.path}")
            if host.allowed(self.headers):
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                code, data = host.answer(self.command, parts.path, query, body)
            else:
                code, data = 401, {"message": "Bad credentials"}
            text = json.dumps(data).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_PUT = _handle  # noqa: N815  # names of the library's

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        host.address = f"http://127.0.0.1:{server.server_port}"
        yield host.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class GitLabHost(CodeHost):
    """GitLab's notes, issues and merge requests of project 12, for the user 7."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        super().__init__()
        self.notes: dict[int, list[dict[str, Any]]] = {}
        self.merged: dict[str, dict[str, Any]] = {}
        self.open_issues: list[dict[str, Any]] = []
        self.proposed: list[dict[str, Any]] = []
        self._ids = iter(range(1000, 9999))
        top = "/projects/12"
        self.routes = [
            ("GET", "/user", lambda query, body: (200, {"id": 7})),
            ("GET", rf"{top}/repository/commits/(\w+)/merge_requests", self._of_commit),
            ("GET", rf"{top}/merge_requests/(\d+)/notes", self._notes),
            ("POST", rf"{top}/merge_requests/(\d+)/notes", self._note),
            ("PUT", rf"{top}/merge_requests/(\d+)/notes/(\d+)", self._edit),
            ("GET", rf"{top}/issues", lambda query, body: (200, self.open_issues)),
            ("POST", rf"{top}/issues", self._open),
            ("PUT", rf"{top}/issues/(\d+)", self._put),
            ("POST", rf"{top}/issues/(\d+)/notes", lambda number, query, body: (201, {})),
            ("GET", rf"{top}/merge_requests", lambda query, body: (200, [])),
            ("POST", rf"{top}/merge_requests", self._propose),
        ]

    def allowed(self, headers: Any) -> bool:
        """Whether the token of the project came along."""
        return bool(headers.get("PRIVATE-TOKEN") == TOKEN)

    def merge(self, number: int, head: str, commit: str) -> None:
        """Merge a merge request."""
        self.merged[commit] = {
            "iid": number,
            "state": "merged",
            "sha": head,
            "source_project_id": 12,
            "target_project_id": 12,
        }

    def _of_commit(self, commit: str, query: Any, body: Any) -> Answer:
        return 200, [self.merged[commit]] if commit in self.merged else []

    def _notes(self, number: str, query: Any, body: Any) -> Answer:
        return 200, self.notes.get(int(number), [])

    def _note(self, number: str, query: Any, body: Any) -> Answer:
        made = {"id": next(self._ids), "author": {"id": 7}, **body}
        self.notes.setdefault(int(number), []).append(made)
        return 201, made

    def _edit(self, number: str, note: str, query: Any, body: Any) -> Answer:
        [found] = [one for one in self.notes[int(number)] if one["id"] == int(note)]
        found.update(body)
        return 200, found

    def _open(self, query: Any, body: Any) -> Answer:
        self.open_issues.append({"iid": next(self._ids), **body})
        return 201, self.open_issues[-1]

    def _put(self, number: str, query: Any, body: Any) -> Answer:
        [found] = [one for one in self.open_issues if one["iid"] == int(number)]
        found.update(body)
        if body.get("state_event") == "close":
            self.open_issues.remove(found)
        return 200, found

    def _propose(self, query: Any, body: Any) -> Answer:
        self.proposed.append(body)
        return 201, body


class AzureHost(CodeHost):
    """Threads, work items and pull requests of a repository of Azure Repos."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        super().__init__()
        self.threads: dict[int, list[dict[str, Any]]] = {}
        self.merged: dict[str, dict[str, Any]] = {}
        self.items: dict[int, dict[str, str]] = {}
        self.proposed: list[dict[str, Any]] = []
        self._ids = iter(range(1000, 9999))
        git, work = "/acme/data/_apis/git/repositories/r1", "/acme/data/_apis/wit"
        me = {"authenticatedUser": {"id": "me"}}
        states = {"value": [{"name": "To Do", "category": "Proposed"}]}
        states["value"].append({"name": "Done", "category": "Completed"})
        self.routes = [
            ("GET", "/acme/_apis/connectionData", lambda query, body: (200, me)),
            ("POST", rf"{git}/pullrequestquery", self._query),
            ("GET", rf"{git}/pullRequests/(\d+)/threads", self._threads),
            ("POST", rf"{git}/pullRequests/(\d+)/threads", self._thread),
            ("PATCH", rf"{git}/pullRequests/(\d+)/threads/(\d+)/comments/(\d+)", self._edit),
            ("GET", rf"{git}/pullrequests", lambda query, body: (200, {"value": []})),
            ("POST", rf"{git}/pullrequests", self._propose),
            ("POST", rf"{work}/wiql", self._search),
            ("GET", rf"{work}/workitems/(\d+)", self._item),
            ("POST", rf"{work}/workitems/\$Task", self._patch),
            ("PATCH", rf"{work}/workitems/(\d+)", self._patch),
            ("GET", rf"{work}/workitemtypes/Task/states", lambda query, body: (200, states)),
        ]

    def merge(self, number: int, head: str, commit: str) -> None:
        """Complete a pull request."""
        self.merged[commit] = {
            "pullRequestId": number,
            "status": "completed",
            "lastMergeSourceCommit": {"commitId": head},
        }

    def _query(self, query: Any, body: Any) -> Answer:
        (asked,) = body["queries"]
        (commit,) = asked["items"]
        known = asked["type"] == "lastMergeCommit" and commit in self.merged
        return 200, {"results": [{commit: [self.merged[commit]]} if known else {}]}

    def _threads(self, number: str, query: Any, body: Any) -> Answer:
        return 200, {"value": self.threads.get(int(number), [])}

    def _thread(self, number: str, query: Any, body: Any) -> Answer:
        comments = [{"id": 1, "author": {"id": "me"}, **one} for one in body["comments"]]
        made = {"id": next(self._ids), "comments": comments}
        self.threads.setdefault(int(number), []).append(made)
        return 200, made

    def _edit(self, number: str, thread: str, comment: str, query: Any, body: Any) -> Answer:
        [found] = [one for one in self.threads[int(number)] if one["id"] == int(thread)]
        found["comments"][int(comment) - 1].update(body)
        return 200, found

    def _propose(self, query: Any, body: Any) -> Answer:
        self.proposed.append(body)
        return 201, body

    def _search(self, query: Any, body: Any) -> Answer:
        found = [n for n, one in self.items.items() if one.get("System.State") != "Done"]
        return 200, {"workItems": [{"id": number} for number in found]}

    def _item(self, number: str, query: Any, body: Any) -> Answer:
        return 200, {"fields": {"System.WorkItemType": "Task", **self.items[int(number)]}}

    def _patch(self, *numbers: str, query: Any, body: Any) -> Answer:
        number = int(numbers[0]) if numbers else next(self._ids)
        fields = {one["path"].removeprefix("/fields/"): one["value"] for one in body}
        self.items.setdefault(number, {}).update(fields)
        return 200, {"id": number}
