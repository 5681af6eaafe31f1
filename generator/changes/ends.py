"""Which two trees are compared: what the user names, else the merge base and the work tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.changes.model import End
from generator.changes.repository import Repository
from generator.errors import UsageError
from generator.text.hints import did_you_mean

WORK_TREE = "the work tree"
_SHOWN = 12


class Ends(NamedTuple):
    """The two ends; ``hint`` is a sentence about a comparison with itself, or ""."""

    base: End
    head: End
    hint: str = ""


def ends(repository: Repository, base: str | None = None, head: str | None = None) -> Ends:
    """Find the ends of a comparison.

    Args:
        repository: where they are.
        base: a commit, branch, tag or tree; ``NAME...`` stands for the merge base of NAME and the
            head. None for the merge base of the default branch and the head.
        head: likewise; None for the work tree.

    Raises:
        UsageError: one does not exist, or there is no merge base.
    """
    end = End(WORK_TREE, None) if head is None else End(head, _tree(repository, head))
    tip = head or "HEAD"
    if base is not None and not base.endswith("..."):
        return Ends(End(base, _tree(repository, base)), end)
    tip_commit = _commit(repository, tip)
    if tip_commit is None and base is None:
        if head is not None:
            raise UsageError(f"{head} is no commit, so that there is no merge base: name --base")
        # Before the first commit all is new.
        return Ends(
            End(
                "no commit", repository.run("hash-object", "-t", "tree", "--stdin").decode().strip()
            ),
            end,
        )
    other = base.removesuffix("...") if base is not None else _default_branch(repository)
    other = other or "HEAD"
    commit = _commit(repository, other)
    if commit is None:
        raise _unknown(repository, other)
    if tip_commit is None:
        raise UsageError("there is no commit yet, so that there is no merge base")
    found = repository.ask("merge-base", commit, tip_commit)
    if found is None:
        raise UsageError(_unrelated(repository, other, tip))
    shown = f"{_short(other)} at {found[:_SHOWN]}"
    hint = ""
    if head is None and base is None and found == tip_commit and commit == tip_commit:
        hint = (
            f"HEAD is where {_short(other)} is, so that only what is not committed counts; "
            "for the last commit: --base HEAD^"
        )
    return Ends(End(shown, found), end, hint)


def _tree(repository: Repository, name: str) -> str:
    found = _commit(repository, name) or _verified(repository, name, "tree")
    if found is None:
        raise _unknown(repository, name)
    return found


def _commit(repository: Repository, name: str) -> str | None:
    return _verified(repository, name, "commit")


def _verified(repository: Repository, name: str, kind: str) -> str | None:
    # No name of git's starts with a dash: it would be read as an option.
    if name.startswith("-") or not name.isprintable() or not name:
        return None
    return repository.ask("rev-parse", "--quiet", "--verify", f"{name}^{{{kind}}}")


def _unknown(repository: Repository, name: str) -> UsageError:
    message = f"{name}: git knows no such commit, branch or tag here"
    refs = (repository.ask("for-each-ref", "--format=%(refname:short)") or "").split("\n")
    remote = next((ref for ref in refs if ref.partition("/")[2] == name), None)
    meant = remote or did_you_mean(name, refs)
    if meant:
        return UsageError(f"{message}; did you mean {meant}?")
    if _is_shallow(repository):
        return UsageError(f"{message}; this clone is shallow: {_deepen()}")
    return UsageError(f"{message}; git fetch brings what the remote has")


def _default_branch(repository: Repository) -> str:
    """The default branch, that of the remote first.

    Raises:
        UsageError: none of the usual names exists.
    """
    pointer = repository.ask("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
    if pointer is not None and _commit(repository, pointer) is not None:
        return pointer
    for name in dict.fromkeys(_names(repository)):
        for ref in (f"refs/remotes/origin/{name}", f"refs/heads/{name}"):
            if _commit(repository, ref) is not None:
                return ref
    message = "cannot tell the default branch: there is no origin/HEAD, and no main or master"
    hint = "name what to compare with: --base REF"
    if _is_shallow(repository):
        hint = f"this clone is shallow: {_deepen()}; or {hint}"
    raise UsageError(f"{message}; {hint}, or once: git remote set-head origin --auto")


def _names(repository: Repository) -> Iterator[str]:
    configured = repository.ask("config", "init.defaultBranch")
    if configured is not None:
        yield configured
    yield from ("main", "master")


def _unrelated(repository: Repository, other: str, tip: str) -> str:
    message = f"{tip} and {_short(other)} have no commit in common"
    if _is_shallow(repository):
        return f"{message} in this shallow clone: {_deepen()}"
    return f"{message}; name a tree to compare with: --base REF"


def _deepen() -> str:
    return (
        "run git fetch --unshallow (GitHub: fetch-depth: 0 of actions/checkout; GitLab: "
        "GIT_DEPTH: 0; Azure: fetchDepth: 0)"
    )


def _is_shallow(repository: Repository) -> bool:
    return repository.ask("rev-parse", "--is-shallow-repository") == "true"


def _short(ref: str) -> str:
    for start in ("refs/heads/", "refs/remotes/", "refs/tags/"):
        ref = ref.removeprefix(start)
    return ref
