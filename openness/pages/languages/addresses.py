"""Addresses in a language: `/u/220204101/` and `/ko/u/220204101/`. Views and templates know the plain ones only."""

import re

from django.conf import settings

from . import BY_KEY, ORIGINAL, Language

# What has one form only: the staff's side, programs, files, and tables to download, which are the original in every language.
_PLAIN = re.compile(
    r"/(?:admin|api|documents|media|static|healthz)(?:[/?#]|$)|[^?#]*(?:\.(?!atom\b)[a-z]\w{1,4}|/(?:csv|xlsx|json|pdf)/)(?:[?#]|$)"
)
_PREFIXED = re.compile(rf"/({'|'.join(BY_KEY)})(?=[/?#]|$)")


def parted(path: str) -> tuple[Language, str]:
    """`/ko/u/1/` as Korean and `/u/1/`; `/u/1/` as the original and itself."""
    found = _PREFIXED.match(path)
    if found is None:
        return ORIGINAL, path
    return BY_KEY[found[1]], path[found.end() :] or "/"


def has_one_form(path: str) -> bool:
    return not path.startswith("//") and _PLAIN.match(path) is not None


def in_language(address: str, language: Language) -> str:
    """A link as it stands on a page of this language. Foreign and relative links, files and the staff's side stay as they are."""
    if not language.key:
        return address
    if address.startswith("/") and not address.startswith("//"):
        return address if has_one_form(address) or _PREFIXED.match(address) else language.prefix + address
    return address


def own_in_language(address: str, language: Language) -> str:
    """As `in_language`, for a complete address of this very site too: what feeds and `rel=canonical` hold."""
    home = settings.SITE_URL.rstrip("/")
    if address == home or address.startswith((f"{home}/", f"{home}?", f"{home}#")):
        return home + in_language(address[len(home) :] or "/", language)
    return in_language(address, language)
