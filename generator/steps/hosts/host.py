"""What is asked of a code host, whichever it is."""

from __future__ import annotations

from typing import NamedTuple, Protocol

# The first line of the one comment; it is found by it.
MARK = "<!-- dativo:pull-request -->"
LABEL = "dativo-drift"


class PullRequest(NamedTuple):
    """A pull request; GitLab calls it a merge request.

    Attributes:
        number: as people name it.
        head: the commit at its tip.
    """

    number: int
    head: str


class Issue(NamedTuple):
    """An open issue of ours.

    Attributes:
        number: as people name it.
        title: by which it is found again.
    """

    number: int
    title: str


class Host(Protocol):
    """One repository on a code host."""

    longest: int  # characters that a comment may have

    def own(self) -> PullRequest | None:
        """The pull request that this pipeline runs for."""

    def brought(self, commit: str) -> PullRequest | None:
        """The pull request that brought a commit into its branch."""

    def comment(self, pull: PullRequest) -> str | None:
        """Our comment on a pull request; what others wrote does not count."""

    def put_comment(self, pull: PullRequest, text: str) -> None:
        """Write our comment anew, or for the first time."""

    def issues(self) -> list[Issue]:
        """Our open issues."""

    def put_issue(self, number: int | None, title: str, text: str) -> None:
        """Write an issue anew, or open one."""

    def close_issue(self, number: int, why: str) -> None:
        """Close an issue, and say why."""

    def propose(self, branch: str, onto: str, title: str, text: str) -> None:
        """Ask to merge a branch that was pushed, unless that is asked already."""
