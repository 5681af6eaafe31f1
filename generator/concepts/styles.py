"""Spellings: any spelling of a known tag to its concept, and a concept to its key.

A key that is no known tag is the user's own business: it keeps its spelling.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256

from generator.concepts.table import ASSET, CLASSIFICATION, CONCEPTS, CONTAINS, FINOPS, GOVERNANCE
from generator.text.patterns import lazy

_WORDS = lazy(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATORS = lazy(r"[-. :_]+")
_CONTAINS = lazy(CONTAINS + "[a-z0-9_]*[a-z0-9]")
_NOT_NAME = lazy(r"[^a-z0-9]+")
# Prefixes that earlier tools put before a known tag. They are cut for known tags only.
_PREFIXES = ("dativo", "infra", "infrastructure")
_GROUP_PREFIXES = {
    FINOPS: ("finops", "fin_ops"),
    ASSET: ("governance",),
    CLASSIFICATION: ("governance",),
    GOVERNANCE: ("governance",),
}
# Words that are written in capitals in the pascal style: ContainsPII, ContainsFinancial.
_ACRONYMS = frozenset(("pii", "phi", "pci", "spi", "gdpr", "hipaa", "ip"))


# The environments that have more than one usual name.
STAGES = {"production": "prod", "development": "dev", "stage": "staging"}


def stage(environment: str) -> str:
    """An environment as it is compared: ``production`` and ``Prod`` are one stage."""
    lower = environment.strip().lower()
    return STAGES.get(lower, lower)


def split_words(text: str) -> str:
    """Put ``_`` between the words of camel case: ``SharedInfra`` to ``Shared_Infra``."""
    return _WORDS.sub("_", text)


def fold(key: str) -> str:
    """What all spellings of a key have in common: words in lower case, joined by ``_``."""
    return _SEPARATORS.sub("_", split_words(key)).lower()


# The table by spelling takes 0.5 ms to make, and is asked for each key of a tag.
@cache
def spellings(namespace: str = "dativo") -> dict[str, str]:
    """Folded spelling to concept.

    What the table of concepts says outright wins over what follows from a prefix, so that
    ``finops_environment`` is not the environment of the job.

    Args:
        namespace: the prefix of the namespaced style, whose keys can be read back.
    """
    known: dict[str, str] = {}
    for concept in CONCEPTS.values():
        for spelling in (concept.name, concept.pascal, *concept.former):
            if spelling:
                known[fold(spelling)] = concept.name
    for concept in CONCEPTS.values():
        prefixes = (*_PREFIXES, fold(namespace), *_GROUP_PREFIXES.get(concept.group, ()))
        for prefix in prefixes:
            for name in (concept.name, concept.short or concept.name):
                known.setdefault(f"{prefix}_{name}", concept.name)
        known.setdefault(concept.name.replace("_", ""), concept.name)
    return known


# Jobs share their keys of tags: saves 1 % of a run over 1,000 jobs.
@lru_cache(maxsize=4096)
def concept_of(key: str, namespace: str = "dativo") -> str | None:
    """The concept that a key spells, or None for a key of the user's own."""
    folded = fold(key)
    known = spellings(namespace).get(folded)
    if known is not None:
        return known
    for prefix in ("", "dativo_", f"{fold(namespace)}_"):
        if _CONTAINS.fullmatch(folded.removeprefix(prefix)):
            return folded.removeprefix(prefix)
    return None


@lru_cache(maxsize=4096)
def is_known(concept: str) -> bool:
    """Whether a concept is in the table, or says that data contains a class."""
    return concept in CONCEPTS or _CONTAINS.fullmatch(concept) is not None


@lru_cache(maxsize=1024)
def contains(data_class: str) -> str:
    """The concept that says that data of a class is there: ``PII`` to ``contains_pii``."""
    name = _NOT_NAME.sub("_", fold(data_class)).strip("_")
    return CONTAINS + (name or sha256(data_class.encode()).hexdigest()[:8])


def key_in_style(concept: str, style: str, namespace: str) -> str:
    """The key of a concept before a cloud's rules.

    Args:
        concept: a known concept; any other key is returned as it is.
        style: "pascal", "snake" or "namespaced".
        namespace: prefix of the namespaced style.
    """
    if not is_known(concept):
        return concept
    known = CONCEPTS.get(concept)
    if style == "snake":
        return concept
    if style == "namespaced":
        short = known.short if known is not None and known.short else concept
        return f"{namespace}:{short.replace('_', '-')}"
    if known is not None and known.pascal:
        return known.pascal
    return "".join(w.upper() if w in _ACRONYMS else w.capitalize() for w in concept.split("_"))
