"""What each cloud allows in a tag, one row a cloud, and how keys and values are brought to it.

Sources: AWS "Tag restrictions" and IAM API_Tag (no comma); Google Cloud "Requirements for
labels"; Azure "Use tags to organize resources: limitations" (names of 512 characters, but 128
on storage accounts, so 128 everywhere); Kubernetes "Labels and selectors: syntax"; azurerm's
tags/validate.go, which counts bytes where Azure counts characters; Databricks
Clusters API, custom_tags (45), and Jobs API, tags (25), and for what it hands on to the machines of
each cloud the Databricks CLI, libs/tags.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from generator.concepts.styles import is_known, key_in_style, split_words
from generator.model.runtime_types import platform_of
from generator.tags.lengths import Fitted, hash_of, in_bytes, in_units, shortened
from generator.text.patterns import lazy


class TagRules(NamedTuple):
    """The rules of one cloud.

    Attributes:
        name: as in a job's ``infrastructure.provider``; or "kubernetes", "databricks".
        title: for people.
        word: what it calls a tag.
        most: tags that a resource may have from us; 0 for any number.
        key_most: UTF-16 units in a key.
        value_most: UTF-16 units in a value, or bytes.
        joiner: stands between the items of a list.
        reserved: beginnings of keys that belong to the cloud, in lower case.
        taken: whole keys that belong to the cloud, in lower case.
        alphabet: the name of the row whose letters and signs are allowed; empty: its own.
        in_bytes: values are counted in bytes of UTF-8.
    """

    name: str
    title: str
    word: str
    most: int
    key_most: int
    value_most: int
    joiner: str
    reserved: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    alphabet: str = ""
    in_bytes: bool = False


_TAKEN = (
    *("name", "vendor", "creator", "clustername", "clusterid", "runname", "jobid"),
    *("databricksinstancepoolid", "databricksinstancepoolcreatorid"),
)
_KUBERNETES = ("kubernetes.io/", "k8s.io/")
# Labels that the controllers give the pods that they make; with others they make none.
_CONTROLLERS = ("job-name", "controller-uid", "pod-template-hash")
_AZURE = ("microsoft", "azure", "windows")
_ON_DATABRICKS = (
    TagRules("databricks", "Databricks on AWS", "tag", 45, 127, 255, "+", ("aws:",), _TAKEN),
    TagRules("databricks_azure", "Databricks on Azure", "tag", 45, 512, 256, "+", _AZURE, _TAKEN),
    TagRules(
        *("databricks_gcp", "Databricks on Google Cloud", "tag", 45, 63, 63, "."),
        reserved=("goog",),
        taken=_TAKEN,
    ),
)
# On a cluster that exists already nothing but the job itself can be tagged.
_JOB = "_job"


def _job_alone(cloud: TagRules) -> TagRules:
    title = f"{cloud.title} (existing cluster)"
    return cloud._replace(name=cloud.name + _JOB, title=title, most=25, alphabet=cloud.name)


TAG_RULES: dict[str, TagRules] = {
    cloud.name: cloud
    for cloud in (
        TagRules("aws", "AWS", "tag", 50, 128, 256, "+", ("aws:",)),
        # Of 64 labels the provider takes one: goog-terraform-provisioned.
        TagRules("gcp", "Google Cloud", "label", 63, 63, 63, "_", ("goog",)),
        TagRules("azure", "Azure", "tag", 50, 128, 256, "+", _AZURE, in_bytes=True),
        TagRules("kubernetes", "Kubernetes", "label", 0, 63, 63, ".", _KUBERNETES, _CONTROLLERS),
        *_ON_DATABRICKS,
        *map(_job_alone, _ON_DATABRICKS),
    )
}
_DATABRICKS_ON = {"aws": "databricks", "azure": "databricks_azure", "gcp": "databricks_gcp"}


def target_of(provider: str, runtime: str, existing_cluster: bool = False) -> str:
    """The row of ``TAG_RULES`` whose rules the tags of a root follow: what carries them.

    Args:
        provider: aws, gcp or azure.
        runtime: the type of the job's runtime.
        existing_cluster: the job runs on a cluster that is there already, with its own tags.
    """
    platform = platform_of(runtime)
    if platform == "databricks":
        return _DATABRICKS_ON[provider] + (_JOB if existing_cluster else "")
    return platform or provider


_AWS_SIMPLE = lazy(r"[A-Za-z0-9 _.:/=+\-@]*")
_AWS_SIGNS = frozenset("_.:/=+-@")
_NOT_GCP = lazy(r"[^a-z0-9_-]+")
_NOT_KUBERNETES = lazy(r"[^A-Za-z0-9_.-]+")
_NOT_DATABRICKS = lazy(r"[^A-Za-z0-9 _.:/=+\-@]+")
_NOT_LATIN = lazy(r"[^ -~\xa0-\xff]+")
_AZURE_KEY_BAD = frozenset("<>%&\\?/")
_DATABRICKS_AZURE_KEY_BAD = _AZURE_KEY_BAD | frozenset("*;+")
_KUBERNETES_PREFIX = lazy(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")


def fit_key(cloud: str, concept: str, style: str, namespace: str, shorten: bool) -> Fitted:
    """The key of a concept, or of a tag of the user's own, on a cloud.

    Known tags always get a key that fits. A key of the user's own is translated where the
    cloud's alphabet is small (Google Cloud, Kubernetes, Databricks on Google Cloud) and refused
    where it could have been written right (AWS, Azure, Databricks there).

    Args:
        cloud: a name in ``TAG_RULES``.
        concept: a known concept, or a key as written.
        style: "pascal", "snake" or "namespaced".
        namespace: prefix of the namespaced style.
        shorten: give an overlong key a hash at its end; otherwise it is a fault.
    """
    rules = TAG_RULES[cloud]
    written = key_in_style(concept, style, namespace)
    fault = _reserved(rules, written)
    if fault:
        return Fitted(written, refusal=fault)
    text, alphabet = written, rules.alphabet or rules.name
    if alphabet == "gcp":
        text = _gcp_key(concept, written, style)
    elif alphabet == "databricks_gcp":
        plain = written.replace(":", "-") if is_known(concept) else written
        text = _label(plain, written)
    elif alphabet == "kubernetes":
        return _kubernetes_key(rules, written, shorten, is_known(concept))
    elif bad := _bad_in_key(alphabet, written):
        return Fitted(written, refusal=f"{rules.title} does not allow {bad} in the key of a tag")
    return shortened(rules.title, text, rules.key_most, written, shorten)


# Jobs share their values: saves 5 % of a run over 1,000 jobs.
@lru_cache(maxsize=8192)
def fit_value(cloud: str, values: tuple[str, ...], shorten: bool) -> Fitted:
    """A value, or the items of a list, as one value on a cloud.

    Args:
        cloud: a name in ``TAG_RULES``.
        values: the items as written, none of them empty.
        shorten: give an overlong value a hash at its end; otherwise it is a fault.
    """
    rules = TAG_RULES[cloud]
    written = rules.joiner.join(values)
    note = ""
    text = written
    alphabet = rules.alphabet or rules.name
    if alphabet in ("aws", "databricks", "databricks_azure"):
        if alphabet != "databricks_azure" and written[:4].lower() == "aws:":
            fault = f'{rules.title} keeps values that begin with "aws:" to itself'
            return Fitted(written, refusal=fault)
        text = _tag_value(alphabet, written)
        if text != written:
            note = f'{rules.title} does not allow every character: it becomes "{text}"'
    elif alphabet == "gcp":
        text = _named(_NOT_GCP.sub("_", _plain(written)), written)
    elif alphabet in ("kubernetes", "databricks_gcp"):
        text = _label(written, written)
    size = in_bytes if rules.in_bytes else in_units
    apart = "\0".join(values)
    fitted = shortened(rules.title, text, rules.value_most, apart, shorten, size)
    return fitted if fitted.note or fitted.refusal or not note else fitted._replace(note=note)


def _reserved(rules: TagRules, written: str) -> str:
    lower = written.lower()
    if not lower.strip():
        return "the key is empty"
    host = "." + lower.partition("/")[0] + "/" if rules.name == "kubernetes" else ""
    for start in rules.reserved:
        if lower.startswith(start) or host.endswith("." + start):
            return f'{rules.title} keeps keys that begin with "{start}" to itself'
    if lower in rules.taken:
        return f'{rules.title} sets "{written}" itself'
    return ""


def _gcp_key(concept: str, written: str, style: str) -> str:
    if is_known(concept):
        text = written.replace(":", "-") if style == "namespaced" else concept
    else:
        text = split_words(written)
    text = _named(_NOT_GCP.sub("_", _plain(text)), written)
    return text if "a" <= text[0] <= "z" else f"tag_{text.lstrip('_-')}"


def _kubernetes_key(rules: TagRules, written: str, shorten: bool, known: bool) -> Fitted:
    """A label key is a name of 63 characters, after a DNS name and a slash if it has one."""
    prefix, slash, name = (written.replace(":", "/") if known else written).rpartition("/")
    if slash and (len(prefix) > 253 or not _KUBERNETES_PREFIX.fullmatch(prefix)):
        prefix, slash, name = "", "", written
    fitted = shortened(rules.title, _label(name, written), rules.key_most, written, shorten)
    if fitted.text in rules.taken and not slash:
        return Fitted(written, refusal=f'{rules.title} sets "{fitted.text}" itself')
    return fitted._replace(text=f"{prefix}{slash}{fitted.text}")


def _label(text: str, written: str) -> str:
    """Text of letters, digits and - _ . that starts and ends with a letter or digit."""
    return _named(_NOT_KUBERNETES.sub("_", _accents(text)).strip("_.-"), written)


def _bad_in_key(alphabet: str, written: str) -> str:
    """The first characters that a key may not have, quoted; empty when there is none."""
    if alphabet == "azure":
        bad = [c for c in written if c in _AZURE_KEY_BAD or not c.isprintable()]
    elif alphabet == "databricks_azure":
        unfit = _DATABRICKS_AZURE_KEY_BAD
        bad = [c for c in written if c in unfit or _NOT_LATIN.fullmatch(c)]
    elif _AWS_SIMPLE.fullmatch(written):
        return ""
    else:
        bad = [c for c in written if alphabet == "databricks" or not _aws_allows(c)]
        bad = [c for c in bad if not _AWS_SIMPLE.fullmatch(c)]
    return " and ".join(
        dict.fromkeys(f'"{c}"' if c.isprintable() else f"U+{ord(c):04X}" for c in bad)
    )


def _aws_allows(character: str) -> bool:
    return character in _AWS_SIGNS or unicodedata.category(character)[0] in "LZN"


def _tag_value(alphabet: str, text: str) -> str:
    """The value, an underscore in place of what AWS, or Databricks there or on Azure, refuses."""
    if _AWS_SIMPLE.fullmatch(text):
        return text
    if alphabet != "aws":
        return (_NOT_DATABRICKS if alphabet == "databricks" else _NOT_LATIN).sub("_", text)
    return "".join(c if _aws_allows(c) else "_" for c in text)


def _accents(text: str) -> str:
    """Letters without their accents: Zürich to Zurich."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _plain(text: str) -> str:
    return _accents(text).lower()


def _named(text: str, written: str) -> str:
    """``text``, or a hash of what was written when no letter or digit is left of it."""
    return text if any(c.isalnum() for c in text) else f"x{hash_of(written)}"
