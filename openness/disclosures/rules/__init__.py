from typing import TYPE_CHECKING

from .issue import Issue, PublishRefused

if TYPE_CHECKING:
    from ..models import Disclosure

__all__ = ["Issue", "PublishRefused", "check_publishable", "issues_of", "warnings_of"]


def issues_of(disclosure: "Disclosure", *, correcting: bool = False) -> list[Issue]:
    """Everything that stands between this text and the public, in the order of the form."""
    from .checkers import CHECKERS

    return [issue for checker in CHECKERS for issue in checker.issues(disclosure, correcting=correcting)]


def check_publishable(disclosure: "Disclosure", *, correcting: bool = False) -> None:
    """Raise PublishRefused with every issue at once."""
    issues = issues_of(disclosure, correcting=correcting)
    if issues:
        raise PublishRefused(issues)


def warnings_of(disclosure: "Disclosure") -> list[Issue]:
    """What a person should look at again before it is public, and what does not stand in the way."""
    from .checkers import personal_warnings

    return personal_warnings(disclosure)
