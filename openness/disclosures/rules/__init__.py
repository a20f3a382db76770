from typing import TYPE_CHECKING

from .issue import Issue, PublishRefused
from .level import Level

if TYPE_CHECKING:
    from ..models import Disclosure

__all__ = ["Issue", "Level", "PublishRefused", "issues_of", "warnings_of"]


def issues_of(disclosure: "Disclosure", *, correcting: bool = False) -> list[Issue]:
    """Everything that stands between this text and the public, in the order of the form."""
    from ..services.check import check

    return check(disclosure, correcting=correcting, softest=Level.BLOCK)


def warnings_of(disclosure: "Disclosure", *, correcting: bool = False) -> list[Issue]:
    """What a person should look at again before it is public, and what does not stand in the way."""
    from ..services.check import check

    return [issue for issue in check(disclosure, correcting=correcting, softest=Level.WARN) if issue.level == Level.WARN]
