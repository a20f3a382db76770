"""What of an account's texts goes over when its owner leaves: what is not public yet. Published texts keep their author."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from openness.units.services.hand_over import PARTS

from ..models import Disclosure


class Drafts:
    """Texts that were never public: the taker becomes responsible for them."""

    name = "drafts"
    words = _("没有公开的稿子")

    def _of(self, person: Any) -> Any:
        return Disclosure.objects.filter(author=person, live=False, first_published_at=None, withdrawn_at=None).order_by("pk")

    def found(self, leaver: Any) -> list[tuple[int, str]]:
        return [(pk, f"{unit}：{title}") for pk, unit, title in self._of(leaver).values_list("pk", "unit__short_name", "title")]

    def move(self, keys: Sequence[int], leaver: Any, taker: Any) -> list[int]:
        moved = list(self._of(leaver).filter(pk__in=keys).values_list("pk", flat=True))
        Disclosure.objects.filter(pk__in=moved).update(author=taker)
        return moved


class Reviews:
    """What is on its way or came back: the taker is who sent it in, hears of it and sends it again."""

    name = "reviews"
    words = _("交上去的和退回来的")

    def _of(self, person: Any) -> Any:
        kind = ContentType.objects.get_for_model(Disclosure)
        return WorkflowState.objects.active().filter(base_content_type=kind, requested_by=person).order_by("pk")

    def found(self, leaver: Any) -> list[tuple[int, str]]:
        rows = list(self._of(leaver).values_list("pk", "object_id", "status"))
        titles = dict(Disclosure.objects.filter(pk__in=[int(key) for _pk, key, _status in rows]).values_list("pk", "title"))
        status = dict(WorkflowState.STATUS_CHOICES)
        return [(pk, f"{titles.get(int(key), key)}（{status[state]}）") for pk, key, state in rows]

    def move(self, keys: Sequence[int], leaver: Any, taker: Any) -> list[int]:
        moved = list(self._of(leaver).filter(pk__in=keys).values_list("pk", flat=True))
        WorkflowState.objects.filter(pk__in=moved).update(requested_by=taker)
        return moved


class Locks:
    """Texts that the person has locked: nobody else could open them."""

    name = "locks"
    words = _("锁住的内容（解开）")

    def found(self, leaver: Any) -> list[tuple[int, str]]:
        return list(Disclosure.objects.filter(locked=True, locked_by=leaver).order_by("pk").values_list("pk", "title"))

    def move(self, keys: Sequence[int], leaver: Any, taker: Any) -> list[int]:
        """They are unlocked, and stay so when the work is given back."""
        moved = list(Disclosure.objects.filter(locked=True, locked_by=leaver, pk__in=keys).values_list("pk", flat=True))
        Disclosure.objects.filter(pk__in=moved).update(locked=False, locked_by=None, locked_at=None)
        return moved


def register() -> None:
    PARTS.extend([Drafts(), Reviews(), Locks()])
