"""Publishing and taking down: rules, two people, and the outbox in one transaction."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.rules import Issue, PublishRefused
from openness.disclosures.shown_at import shown_at

from ..search import tell
from .check import issues_of

if TYPE_CHECKING:
    from ..models import ServiceGuide


def own_work(guide: "ServiceGuide", user: Any) -> bool:
    """Nobody publishes what they wrote; the installation's superuser stands outside the rule."""
    return user is not None and not user.is_superuser and user.pk == guide.author_id


def publish(guide: "ServiceGuide", revision: Any, user: Any, wagtail_publishes: Callable[[], None]) -> None:
    """Raises PublishRefused with one sentence an issue; nothing has changed then."""
    if own_work(guide, user):
        raise PublishRefused([Issue("", _("自己写的不能自己公开，请别的审核人来看。"))])
    if broken := [issue for issue in issues_of(revision.as_object()) if issue.blocks]:
        raise PublishRefused(broken)
    with shown_at(guide.unit), transaction.atomic():
        wagtail_publishes()
        type(guide).objects.filter(pk=guide.pk, live=True).update(withdrawn_at=None, withdrawn_reason="")
        tell([guide.pk])


def take_down(guide: "ServiceGuide", wagtail_unpublishes: Callable[[], None]) -> None:
    """The reason stands on the guide; its address answers with it from now on. Raises PublishRefused without one."""
    reason = guide.withdrawn_reason.strip()
    if not guide.live:
        return
    if not reason:
        raise PublishRefused([Issue("withdrawn_reason", _("撤下要写明原因，群众会看到。"))])
    with shown_at(guide.unit), transaction.atomic():
        wagtail_unpublishes()
        type(guide).objects.filter(pk=guide.pk).update(withdrawn_at=timezone.now(), withdrawn_reason=reason)
        tell([guide.pk])


def withdraw(guide: "ServiceGuide", user: Any, reason: str) -> None:
    """The service function behind the button 撤下."""
    guide.withdrawn_reason = reason
    guide.unpublish(user=user)
