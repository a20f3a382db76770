"""Texts that wait for others: an app above this one says which, the end of the review and publication ask here."""

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ..models import Disclosure


class Holder(Protocol):
    """Whoever holds texts back."""

    def hold(self, text: "Disclosure", revision: Any, approver: Any) -> bool:
        """After the last step of the review: True where nothing is left to do, because the text waits or was published with the others.

        Raises:
            PublishRefused: this text, or one that goes with it, breaks a rule. Call in the transaction of the approval.
        """

    def waits(self, text: "Disclosure") -> str:
        """One sentence why the text may not be published by itself; empty where it may."""


_HOLDERS: list[Holder] = []


def register_holder(holder: Holder) -> None:
    _HOLDERS.append(holder)


def held(text: "Disclosure", revision: Any, approver: Any) -> bool:
    return any(holder.hold(text, revision, approver) for holder in _HOLDERS)


def waits(text: "Disclosure") -> str:
    return next((said for holder in _HOLDERS if (said := holder.waits(text))), "")
