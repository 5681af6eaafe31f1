"""Text that looks like a credential, or that its name says is one.

What is certain is told by the shape that an issuer gives its tokens; what is likely by a name
such as ``DB_PASSWORD`` beside a value that refers to nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.text.patterns import lazy

# A literal that occurs in every such value, what the value looks like, and the value itself.
# The literals keep the search fast: no expression is tried on a text that holds none of them.
_SIGNS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (literal, name, lazy(pattern))
    for literal, name, pattern in (
        ("AKIA", "an AWS access key", r"\bAKIA[0-9A-Z]{16}\b"),
        ("ASIA", "an AWS session key", r"\bASIA[0-9A-Z]{16}\b"),
        ("PRIVATE KEY", "a private key", r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY"),
        # The same in base64: PRIVATE, RSA, EC, DSA, OPENSSH and ENCRYPTED.
        ("LS0tLS1CRUdJTi", "a private key", r"LS0tLS1CRUdJTi(?:BQUk|BSU0E|BFQy|BEU0E|BPUE|BFTkN)"),
        ("gh", "a GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{20}"),
        ("github_pat_", "a GitHub token", r"\bgithub_pat_[A-Za-z0-9_]{20}"),
        ("glpat-", "a GitLab token", r"\bglpat-[A-Za-z0-9_-]{16}"),
        ("xox", "a Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10}"),
        ("hooks.slack.com", "a Slack webhook", r"hooks\.slack\.com/services/T\w+/B\w+/\w{16}"),
        ("_live_", "a Stripe key", r"\b[sr]k_live_[A-Za-z0-9]{10}"),
        ("AIza", "a Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
        ("GOCSPX-", "a Google client secret", r"\bGOCSPX-[0-9A-Za-z_-]{20}"),
        ("ya29.", "a Google access token", r"\bya29\.[0-9A-Za-z_-]{20}"),
        ("dapi", "a Databricks token", r"\bdapi[0-9a-f]{32}"),
        ("AccountKey=", "an Azure storage key", r"AccountKey=[A-Za-z0-9+/=]{20}"),
        (
            "SharedAccess",
            "an Azure access key",
            r"SharedAccess(?:Signature|Key=[A-Za-z0-9+/=]{20})",
        ),
        ("sig=", "an Azure access signature", r"[?&]sig=[A-Za-z0-9%+/=]{40}"),
        ("X-Amz-Signature=", "a signed AWS address", r"X-Amz-Signature=[0-9a-f]{64}"),
        ("eyJ", "a JSON web token", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\."),
        ("hvs.", "a Vault token", r"\bhvs\.[A-Za-z0-9_-]{24}"),
        ("npm_", "an npm token", r"\bnpm_[A-Za-z0-9]{36}"),
        ("pypi-", "a PyPI token", r"\bpypi-AgE[A-Za-z0-9_-]{20}"),
        ("SG.", "a SendGrid key", r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16}"),
        ("sk-", "an API key", r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32}"),
        ("shp", "a Shopify token", r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
        ("://", "an address with a password", r"://[^/\s:@]*:[^/\s:@]+@"),
    )
)
_LITERALS = tuple(literal for literal, _, _ in _SIGNS)
# The same without a scheme, as images and addresses of modules have it: user:word@host/path. Its
# "@" is in every mail address, so that it is no quick sign.
_BARE = lazy(r":(?<=[^\s/:@]:)(?<!mailto:)[^/\s:@]+@[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?/")
# What stands for a value that comes later: ${NAME}, {{name}}, $(NAME), $NAME, <name>.
_REFERENCE = lazy(r"\$*\$\{[^{}]*\}|\{\{.*?\}\}|\$\([^()]*\)|\$[A-Za-z_]\w*|<[^<>\s]*>")
_KEYS = r"(?:access|account|api|auth|client|encryption|master|private|secret|signing)[_.-]?key"
_WORDS = rf"(?:password|passwd|passphrase|pwd|secret|token|credentials?|{_KEYS})"
_QUICK = ("passw", "passphrase", "pwd", "secret", "token", "credential")
_QUICK_KEY = lazy(_KEYS)
# A name ends in such a word: TOKEN_URL and SECRET_NAME say where one is, MAX_TOKENS is a number.
_NAME = lazy(rf".*{_WORDS}[_.-]?[0-9]*", re.IGNORECASE)
_ASSIGNED = lazy(
    rf"(?:^|[^A-Za-z0-9])({_WORDS})[\"']?\s*[=:]\s*[\"']?([^\s&;,\"']+)", re.IGNORECASE
)
# Paths, addresses and identifiers that say where a secret is kept.
_WHERE = lazy(
    r"[.~]?/.*|arn:.*|projects/.*|[A-Za-z][A-Za-z0-9+.-]*://.*|(?:vault|ssm|sm|env|file|op|sops|ref):.*"
)
_NO_SECRET = lazy(r"(?:true|false|yes|no|on|off|none|null|\*+|x+|\.+)?", re.IGNORECASE)
_AWS_SECRET_NAME = lazy(r".*secret[_.-]?(?:access[_.-]?)?key", re.IGNORECASE)
_AWS_SECRET = lazy(r"[A-Za-z0-9/+]{40}")


# Jobs share most of their words.
@lru_cache(maxsize=4096)
def looks_like(text: str) -> str | None:
    """What kind of credential a text holds for certain; None when it holds none."""
    if not may_hold(text):
        return None
    text = _REFERENCE.sub("", text)
    for literal, name, pattern in _SIGNS:
        if literal in text and pattern.search(text):
            return name
    return "an address with a password" if "@" in text and _BARE.search(text) else None


def may_hold(text: str) -> bool:
    """Whether ``looks_like`` could find anything in a text: a quick look at many at once."""
    for literal in _LITERALS:  # asked of every text, and `any` takes twice as long
        if literal in text:
            return True
    return "@" in text and _BARE.search(text) is not None


def may_name(text: str) -> bool:
    """Whether a text holds any word that a name of a credential ends in: a quick look, too."""
    folded = text.lower()
    if any(word in folded for word in _QUICK):
        return True
    return "key" in folded and _QUICK_KEY.search(folded) is not None


def named_certain(name: str, text: str) -> str | None:
    """What kind of credential a text is for certain beside a name that says so."""
    if _AWS_SECRET.fullmatch(text) and _AWS_SECRET_NAME.fullmatch(name):
        return "an AWS secret key"
    return None


@lru_cache(maxsize=4096)
def is_name(name: str) -> bool:
    """Whether a name says that its value is a credential: DB_PASSWORD, apiKey, --token."""
    return _NAME.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def is_literal(text: str) -> bool:
    """Whether the value of such a name is written out, and refers to nothing."""
    text = text.strip()
    return not (
        _REFERENCE.search(text)
        or _NO_SECRET.fullmatch(text)
        or (_WHERE.fullmatch(text) and not looks_like(text))
    )


@lru_cache(maxsize=4096)
def assigns(text: str) -> bool:
    """Whether a text gives such a name a value: ``--password=x``, ``Pwd=x;``, ``?token=x``."""
    return any(is_literal(match[2]) for match in _ASSIGNED.finditer(text))
