"""Writing down that a text went up, came down, or that a row was a mistake. Nothing is ever changed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.models import Attachment, Disclosure
from openness.disclosures.rules.structure import MINIMUM_NOTICE_DAYS
from openness.disclosures.services.photos import treated
from openness.units.grants import roles_for
from openness.units.names import Level
from openness.units.people import person
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models import Act, Posting
from .naming import channels_of, is_board

LABEL = "channels.posting"


@dataclass(frozen=True)
class Up:
    """What was put up where and when; today and the unit's board where nothing is said. `photo` is an uploaded picture, or nothing."""

    channel: str
    on: date | None = None
    place: str = ""
    photo: Any = None


@transaction.atomic
def put_up(text: Disclosure, user: Any, up: Up) -> Posting:
    """Raises Refused: no clerk of the unit, not public, no such channel, a day before publication or to come, up already, a broken photo."""
    _may(text, user)
    Disclosure.objects.select_for_update(of=("self",)).only("pk").get(pk=text.pk)  # a double tap waits here
    day, now_public = up.on or timezone.localdate(), fingerprint(text)
    _check(text, up, day)
    if Posting.objects.hanging().filter(disclosure=text.pk, channel=up.channel, content_hash=now_public).exists():
        raise Refused(_("“{channel}”已经登记过了。").format(channel=up.channel))
    board = is_board(up.channel)
    return _write(
        text, user, Act.UP, channel=up.channel, is_board=board, on=day, until=last_day(text, day) if board else None,
        place=(up.place.strip() or (text.unit.board_place if board else ""))[:120], photo=_keep(text, up.photo, day), content_hash=now_public,
    )  # fmt: skip


@transaction.atomic
def take_off(posting: Posting, user: Any, on: date | None = None) -> Posting:
    """Raises Refused: no clerk of the unit, not hanging, a day to come or before it went up."""
    _may(posting.disclosure, user)
    Disclosure.objects.select_for_update(of=("self",)).only("pk").get(pk=posting.disclosure_id)
    day = on or timezone.localdate()
    if not Posting.objects.hanging().filter(pk=posting.pk).exists():
        raise Refused(_("这一张已经不在墙上了。"))
    if not posting.on <= day <= timezone.localdate():
        raise Refused(_("撕下的日期要在贴上以后、今天以前。"))
    return _write(posting.disclosure, user, Act.DOWN, **_as(posting), on=day, of=posting)


@transaction.atomic
def make_void(posting: Posting, user: Any, note: str) -> Posting:
    """Raises Refused: no clerk of the unit, no reason, void already, or a later row has to be made void first."""
    _may(posting.disclosure, user)
    Disclosure.objects.select_for_update(of=("self",)).only("pk").get(pk=posting.disclosure_id)
    if not note.strip():
        raise Refused(_("请写一句哪里记错了。"))
    if not Posting.objects.valid().filter(pk=posting.pk).exists():
        raise Refused(_("这一条已经作废了。"))
    if Posting.objects.valid().filter(of=posting.pk).exists():
        raise Refused(_("这一张已经登记撕下，请先作废撕下的那一条。"))
    return _write(posting.disclosure, user, Act.VOID, **_as(posting), on=timezone.localdate(), note=note.strip()[:200], of=posting)


def fingerprint(text: Disclosure) -> str:
    """Of the words that are public now, as the newest receipt has it; empty where nothing was ever public."""
    return text.receipts.order_by("-at", "-seq").values_list("content_hash", flat=True).first() or ""


def last_day(text: Disclosure, day: date) -> date:
    """The last day on the wall: to the end of the notice; of a village or community fifteen days at least, the first counted."""
    least = day + timedelta(days=MINIMUM_NOTICE_DAYS - 1) if text.unit.level == Level.VILLAGE else day
    return max(least, text.notice_until or least)


def _may(text: Disclosure, user: Any) -> None:
    if not user.is_superuser and not roles_of(user).cover(text.unit, roles_for(LABEL, "add")):
        raise Refused(_("这一条不归您登记。"))


def _check(text: Disclosure, up: Up, day: date) -> None:
    if not text.live or text.is_over:
        raise Refused(_("这一条现在没有公开，不能登记张贴。"))
    if up.channel not in channels_of(text):
        raise Refused(_("目录里这一项没有这个渠道。"))
    if day > timezone.localdate():
        raise Refused(_("张贴的日期不能晚于今天。"))
    if text.first_published_at and day < timezone.localdate(text.first_published_at):
        raise Refused(_("张贴的日期不能早于公开的日期。"))


def _keep(text: Disclosure, photo: Any, day: date) -> Attachment | None:
    """The photograph of the wall: small, without place or camera, and never public."""
    if not photo:
        return None
    data, ending = treated(photo.read())
    title = _("张贴照片 {day} {title}").format(day=day.isoformat(), title=text.title)[:255]
    return Attachment.objects.create(title=title, file=ContentFile(data, f"wall.{ending}"), unit=text.unit, private=True)


def _as(posting: Posting) -> dict[str, Any]:
    return {"channel": posting.channel, "is_board": posting.is_board, "place": posting.place, "content_hash": posting.content_hash}


def _write(text: Disclosure, user: Any, act: Act, **columns: Any) -> Posting:
    return Posting.objects.create(
        disclosure=text, unit=text.unit, act=act, recorder=user.pk, recorded_by=person(user), at=timezone.now(), **columns
    )
