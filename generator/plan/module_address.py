"""An address that Terraform fetches a module from, taken apart, and what is wrong with it for all.

As go-getter reads it (its README, "Forced Protocol", "Subdirectories", "Protocol-Specific
Options"; Terraform's documentation, "Module Sources").
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

from generator.text.patterns import lazy

_GETTERS = ("git", "hg", "s3", "gcs")
# git clone takes these; of all others ext and fd run programs, and git and http are not encrypted.
_GIT_SCHEMES = ("https", "ssh", "file")
_SHAPE = lazy(
    r"(?:(?P<getter>[A-Za-z0-9+.-]+)::)?(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<user>[^/@?]*@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]*)(?::(?P<port>[0-9]+))?(?P<path>/[^?#]*)?"
    r"(?:\?(?P<query>[^#]*))?"
)
_SCP = lazy(r"(?:git::)?([A-Za-z0-9_.-]+)@([A-Za-z0-9_.-]+):/?([^:]*)")
_FORCED = lazy(r"([A-Za-z0-9+.-]+)::(.*)")
_SHORT = lazy(r"(?:github\.com|bitbucket\.org)/.*", re.IGNORECASE)
_PORTS = {"https": "443", "http": "80", "ssh": "22"}
_REF = lazy(r"[A-Za-z0-9_./+@=-]+")
_VERSION = lazy(r"(?:refs/tags/.+|v?[0-9]+|(?:.*[/_-])?v?[0-9]+\.[0-9]+(?:[.+-][0-9A-Za-z.+-]*)?)")
_COMMIT = lazy(r"[0-9a-f]{40}|[0-9a-f]{64}")
_CHECKSUM = lazy(r"(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})")
_BRANCH = lazy(
    r"(?:main|master|trunk|dev|develop|development|next|latest|edge|head|release|staging|prod"
    r"|production|refs/(?:heads|remotes|pull)/.*|origin/.*)",
    re.IGNORECASE,
)
_KNOWN = {"git": {"ref", "depth"}, "https": {"archive", "checksum"}, "s3": {"version"}}


class Address(NamedTuple):
    """A fetched module.

    Attributes:
        text: where it is, in one spelling: ``git::https://github.com/acme/etl//ecs``; without the
            user, the usual port, ``.git`` and what comes after ``?``.
        pin: "commit" for what can only ever be one content, "version" for what looks like a
            version, "branch" for what is known to move, else "".
        unclear: why it cannot be told where it really leads; empty where it can.
    """

    text: str
    pin: str
    unclear: str


class AddressError(ValueError):
    """An address that no module may have; says why."""


def address_of(source: str, version: str | None = None) -> Address:
    """Take a remote module source apart.

    Args:
        source: what Terraform gets as ``source``, no local path.
        version: the ``version`` argument, which makes it a registry's.

    Raises:
        AddressError: it is fetched without encryption or by a program, or its query means harm.
    """
    if version is not None:
        host, module = _registry(source)
        return Address(f"{host}/{module}", "version", _odd(module))
    _check_forced(source)
    match = _SHAPE.fullmatch(_written_out(source))
    if match is None:
        return Address(source, "", "it is not in a form that is known here")
    getter, scheme = (match["getter"] or "").lower(), match["scheme"].lower()
    _check_scheme(getter, scheme)
    options = parse_qsl(match["query"] or "", keep_blank_values=True)
    kind = getter or scheme
    pin = _pin(kind, options)
    host = match["host"].lower().rstrip(".")
    port = match["port"]
    if port and port != _PORTS.get(scheme):
        host += f":{port}"
    path = match["path"] or ""
    text = f"{getter}::" if getter else ""
    text += f"{scheme}://{host}{spelt(path)}"
    return Address(text, pin, _odd(path) or _more(kind, options))


def spelt(address: str) -> str:
    """An address, or a pattern of one, without ``.git`` and a slash at its end."""
    address = address.replace(".git//", "//").rstrip("/")
    return address.removesuffix(".git")


def _registry(source: str) -> tuple[str, str]:
    first, _, rest = source.partition("/")
    if "." in first or ":" in first:
        return first.lower().removesuffix(":443"), rest
    return "registry.terraform.io", source


def _written_out(source: str) -> str:
    """The shorthands that go-getter's detectors know, as the address that they stand for."""
    if _SHORT.fullmatch(source):
        return f"git::https://{source}"
    if match := _SCP.fullmatch(source):
        return f"git::ssh://{match[1]}@{match[2]}/{match[3]}"
    bare = source.removeprefix("git::")
    return f"git::https://{bare}" if _SHORT.fullmatch(bare) else source


def _check_forced(source: str) -> None:
    """Refuse what is fetched in another way than modules are; git's ext:: runs any program."""
    forced = _FORCED.fullmatch(source)
    if forced is None:
        return
    if forced[1].lower() not in _GETTERS:
        raise AddressError(f'modules are not fetched by "{forced[1]}::" here')
    if "::" in forced[2].partition("?")[0]:
        raise AddressError("an address says once how it is fetched")


def _check_scheme(getter: str, scheme: str) -> None:
    """Refuse what could run a program, or what anybody on the way could replace."""
    if scheme in ("http", "git"):
        raise AddressError(f"{scheme}:// is not encrypted, so anybody on the way can replace it")
    if getter == "git" and scheme not in _GIT_SCHEMES:
        raise AddressError(f'git may not fetch a module by "{scheme}", which can run programs')


def _pin(kind: str, options: list[tuple[str, str]]) -> str:
    """How firmly the query holds it.

    Raises:
        AddressError: a value would reach git as an option, or is a key.
    """
    pin = ""
    for name, value in options:
        lower = name.lower()
        if lower == "sshkey":
            raise AddressError("a key does not belong into an address: whoever applies has it")
        if lower == "depth" and not re.fullmatch(r"[0-9]+", value):
            raise AddressError(f'"depth" must be a number, not "{value}"')
        if lower in ("ref", "rev") and value and not _is_ref(value):
            raise AddressError(f'"{value}" is no branch, tag or commit')
        if kind in ("git", "hg") and lower in ("ref", "rev"):
            pin = _firmness(value)
        elif _is_one_content(kind, lower, value):
            pin = "commit"
    return pin


def _is_one_content(kind: str, option: str, value: str) -> bool:
    """Whether an option of what is no repository names the content itself."""
    if kind == "https" and option == "checksum":
        return bool(_CHECKSUM.fullmatch(value))
    return kind == "s3" and option == "version" and bool(value)


def _is_ref(value: str) -> bool:
    value = unquote(value)
    return not value.startswith("-") and ".." not in value and bool(_REF.fullmatch(value))


def _firmness(ref: str) -> str:
    if _COMMIT.fullmatch(ref):
        return "commit"
    if _BRANCH.fullmatch(ref):
        return "branch"
    return "version" if _VERSION.fullmatch(ref) else ""


def _odd(path: str) -> str:
    """Why a path could lead elsewhere than it reads; empty where it could not."""
    if "%" in path or "\\" in path:
        return "it is percent-encoded, or has backslashes"
    package, _, inside = path.partition("//")
    parts = [*package.strip("/").split("/"), *inside.rstrip("/").split("/")]
    if ".." in parts or "." in parts or "//" in inside or inside[:1] == "/":
        return 'it has ".", ".." or empty parts'
    return ""


def _more(kind: str, options: list[tuple[str, str]]) -> str:
    names = [name for name, _ in options]
    known = _KNOWN.get(kind, {"rev"} if kind == "hg" else set())
    for name in names:
        if name not in known:
            return f'of its "{name}=" nobody here knows what it does'
        if names.count(name) > 1:
            return f'it has "{name}=" twice'
    return ""
