"""A tombstone is removed when it is known that nothing of what the root made is left."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.repository import Repository

ROOT = "generated/acme/orders/prod"
LOCAL = "  terraform: {backend: {type: local}}\n"
EMPTY = {"version": 4, "terraform_version": "1.15.0", "serial": 3, "lineage": "x", "outputs": {}}


def _state(held: int) -> str:
    one = {"mode": "managed", "type": "a", "name": "b", "instances": [{}] * held}
    read = {"mode": "data", "type": "a", "name": "c", "instances": [{}]}
    return json.dumps(EMPTY | {"resources": [one, read] if held else [read]})


def _retired(repository: Repository, more: str = "") -> str:
    repository.job("orders", more)
    repository.job("keep")
    repository.run("generate")
    (repository.folder / "jobs/orders.yaml").unlink()
    assert repository.run("generate").code == 0
    return str(repository.folder / ROOT)


def test_nothing_shows_it(repository: Repository) -> None:
    """Without a proof the folder stays, and it is said how to get one."""
    _retired(repository)
    before = repository.state()
    for options in ((), ("--dry-run",)):
        done = repository.run("prune", *options)
        assert done.code == 1 and "0 roots" in done.out
        assert f"{ROOT}: error: nothing shows that {ROOT} was applied" in done.err
        assert f"terraform -chdir={ROOT} state pull | dativo prune {ROOT} --state -" in done.err
    assert repository.state() == before


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (_state(0), None),
        (_state(1), "was not applied: its state has 1 resource ("),
        (_state(2), "was not applied: its state has 2 resources ("),
        ("", "what was given as the state of generated/acme/orders/prod is none"),
        ("{}", "is none"),
        ("[]", "is none"),
        ('{"version": 4, "resources": []}', "is none"),
        ("Error: no state\n", "is none"),
    ],
)
def test_the_state_shows_it(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, state: str, said: str | None
) -> None:
    """An empty state is a proof, from a file or from standard input; what is no state is none."""
    root = _retired(repository)
    file = repository.write("pulled.tfstate", state)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(state.encode())))
    if said is None:
        assert repository.run("prune", root, "--state", str(file), "--dry-run").code == 0
    done = repository.run("prune", root, "--state", "-")
    assert done.code == (0 if said is None else 1)
    assert (said or "") in done.err
    assert (repository.folder / ROOT).exists() is (said is not None)


def test_the_state_of_one_root(repository: Repository) -> None:
    """A state belongs to one root, which has to be named; a root that is none is told."""
    root = _retired(repository)
    file = str(repository.write("pulled.tfstate", _state(0)))
    for arguments, said in (
        (("--state", file), "name that root"),
        ((root, "--state", file + "x"), "No such file"),
        ((str(repository.folder / "generated/acme/keep"),), "no root there is retired"),
        ((str(repository.folder / "generated/acme/ord"),), "no root there is retired"),
    ):
        done = repository.run("prune", *arguments)
        assert done.code == 1 and said in done.err
    with pytest.raises(SystemExit):
        repository.run("prune", root, "--state", file, "--applied")


def test_local_state(repository: Repository) -> None:
    """A state beside the root is looked at; when nothing is left in it, it goes with the folder.
    What it holds counts more than what anybody says.
    """
    root = _retired(repository, LOCAL)
    repository.write(f"{ROOT}/terraform.tfstate", _state(2))
    repository.write(f"{ROOT}/terraform.tfstate.backup", _state(2))
    for options in ((), ("--applied",)):
        done = repository.run("prune", *options)
        assert done.code == 1 and "its state has 2 resources" in done.err
    repository.write(f"{ROOT}/terraform.tfstate", _state(0))
    assert repository.run("prune", root).code == 0
    assert not (repository.folder / ROOT).exists()


def test_the_word_of_the_user(repository: Repository) -> None:
    """--applied is enough where no state is at hand, for the roots that are named, or for all."""
    root = _retired(repository)
    assert repository.run("prune", root, "--applied").out.startswith(f"removed {ROOT}\n")
    assert repository.run("prune").code == 0
