"""Withdrawing for a reason, and taking down at the end of the notice period. The record and the address stay."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from search.outbox import touch

from ..models.receipt import Receipt, Verb
from ..rules.issue import Issue, PublishRefused
from ..shown_at import shown_at
from ..signals import receipts_written
from .publish import KIND
from .receipts import person, write_receipt

if TYPE_CHECKING:
    from ..models import Disclosure


class TakeDown:
    """Take one disclosure from the public site: withdrawn with the reason set on it, or expired."""

    def __init__(self, disclosure: "Disclosure", user: Any = None, *, expired: bool = False) -> None:
        self.disclosure, self.user, self.expired = disclosure, user, expired

    def execute(self, wagtail_unpublishes: Callable[[], None]) -> Receipt | None:
        """Returns the receipt, or None when the disclosure was not public.

        Raises:
            PublishRefused: a withdrawal without a reason.
        """
        if not self.disclosure.live:
            return None
        reason = _("公示期满") if self.expired else self.disclosure.withdrawn_reason.strip()
        if not reason:
            raise PublishRefused([Issue("withdrawn_reason", _("撤下要写明原因，群众会看到。"))])
        with shown_at(self.disclosure.unit), transaction.atomic():
            wagtail_unpublishes()
            return self._record(reason)

    def _record(self, reason: str) -> Receipt:
        disclosure = self.disclosure
        disclosure.withdrawn_at, disclosure.withdrawn_reason = timezone.now(), reason
        disclosure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        verb = Verb.EXPIRE if self.expired else Verb.WITHDRAW
        receipt = write_receipt(disclosure, verb, person(self.user), person(self.user), reason)
        touch(KIND, [disclosure.pk])
        receipts_written.send(sender=type(disclosure), disclosures=[disclosure])
        return receipt


def withdraw(disclosure: "Disclosure", user: Any, reason: str) -> None:
    """The service function behind the button 撤下."""
    disclosure.withdrawn_reason = reason
    disclosure.unpublish(user=user)


def take_down_ended_notices() -> int:
    """Take down public notices that were to come down and whose period is over. Returns how many."""
    from ..models import Disclosure

    ended = list(Disclosure.objects.public().filter(comes_down=True, notice_until__lt=timezone.localdate()).select_related("unit", "item"))
    for disclosure in ended:
        disclosure.unpublish(set_expired=True)
    return len(ended)
