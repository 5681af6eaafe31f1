"""What a target of the fuzzers is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Target:
    """One kind of input, and what must hold whatever it is.

    Attributes:
        name: also the folder below ``corpus`` of the inputs that once did not hold.
        seeds: good inputs to begin with.
        mutate: makes another input of one; draws every choice from the ``Random``.
        run: takes an input; fails where something does not hold.
        guided: inputs are led by what they reach; else each is made of a seed, which is quicker.
        ending: what the name of a file of the corpus ends with.
    """

    name: str
    seeds: Callable[[], Sequence[bytes]]
    mutate: Callable[[bytes, Random], bytes]
    run: Callable[[bytes], None]
    ending: str = ".yaml"
    guided: bool = True

    def corpus(self) -> list[Path]:
        """The inputs that are replayed by every run of the tests."""
        return sorted((CORPUS / self.name).glob("*"))
