"""One township notice to many villages: a draft for each, all or none, and back again while nobody has touched them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from catalog.models import Item
from openness.disclosures.models import Disclosure, Receipt, Signature
from openness.disclosures.services.drafts import create_drafts, ever_sent, remove_drafts
from openness.units.grants import roles_for
from openness.units.models import Unit
from openness.units.names import Level
from openness.units.people import person
from openness.units.refusal import Refused
from openness.units.roles import roles_of

from ..models import Batch, BatchText
from .village_rows import VillageRows

VILLAGE = "【村名】"
MOST_VILLAGES = 500
LABEL = "channels.batch"
_BATCH = 200
_COPIED = ("category", "period", "formed_on", "document_number", "summary", "notice_from", "notice_until", "comes_down")


@dataclass(frozen=True)
class Notice:
    """What goes out: the township's text as it was read, as which item, to whom, with which rows."""

    source: Disclosure
    item: Item
    villages: Sequence[Unit]
    rows: VillageRows = field(default_factory=VillageRows)


def villages_of(town: Unit) -> QuerySet[Unit]:
    return Unit.objects.filter(path__startswith=town.path, level=Level.VILLAGE, active=True).order_by("path")


def items_for(town: Unit) -> QuerySet[Item]:
    """What villages or communities of this township have to disclose."""
    return Item.objects.for_unit(town.code, str(Level.VILLAGE.label)).select_related("field").order_by("field__position", "position")


def faults_of(notice: Notice) -> list[str]:
    """Why this cannot go out; empty where it can. Two queries."""
    if not notice.villages:
        return [_("请选发给哪些村。")]
    if len(notice.villages) > MOST_VILLAGES:
        return [_("一次最多发给 {n} 个村。").format(n=MOST_VILLAGES)]
    binding = {"village": notice.item.binds_villages, "community": notice.item.binds_communities}
    unbound = [str(one) for one in notice.villages if not binding.get(one.kind, True)]
    said = [_("“{item}”不归这些单位公开：{names}。").format(item=notice.item.name, names="、".join(unbound))] if unbound else []
    sent = BatchText.objects.filter(
        batch__source=notice.source.pk, batch__revision=notice.source.latest_revision_id, batch__undone_at=None, village__in=notice.villages
    ).select_related("village")  # fmt: skip
    if names := [str(one.village) for one in sent]:
        said.append(_("这一条已经发给过：{names}。").format(names="、".join(names)))
    return [*notice.rows.faults, *said]


def with_text_already(notice: Notice) -> set[int]:
    """Villages that have a text of the same item and period, written or public: worth a look before another is made."""
    return set(
        Disclosure.objects.filter(unit__in=notice.villages, item__key=notice.item.key, period=notice.source.period)
        .order_by().values_list("unit", flat=True).distinct()
    )  # fmt: skip


def text_for(notice: Notice, village: Unit) -> Disclosure:
    """The village's draft, not saved: the township's words with the village's name, and below them its rows."""
    source = notice.source
    made = Disclosure(unit=village, item=notice.item, title=_title(source, village))
    for name in _COPIED:
        setattr(made, name, getattr(source, name))
    made.summary = made.summary.replace(VILLAGE, village.short_name)[:200]
    stream: Any = Disclosure._meta.get_field("body")
    said = json.dumps(source.body.get_prep_value(), ensure_ascii=False, default=str).replace(VILLAGE, village.short_name)
    blocks = [{**block, "id": str(uuid4())} for block in json.loads(said)]
    made.body = stream.to_python([*blocks, *_table(notice.rows, village)])
    return made


def _title(source: Disclosure, village: Unit) -> str:
    """The village stands in it: at its mark, or in front in place of the township."""
    if VILLAGE in source.title:
        return source.title.replace(VILLAGE, village.short_name)[:200]
    return f"{village.short_name}{source.title.removeprefix(source.unit.short_name)}"[:200]


def _table(rows: VillageRows, village: Unit) -> list[dict[str, Any]]:
    own = rows.rows.get(village.pk)
    if not own:
        return []
    values = [{"values": [cell or None for cell in row]} for row in own]
    return [{"type": "table", "id": str(uuid4()), "value": {"caption": rows.caption, "columns": rows.columns, "rows": values}}]


@transaction.atomic
def send_out(notice: Notice, user: Any) -> Batch:
    """Make the drafts, all or none; the clerk of each village finds the own one in the list of what is to be done.

    Raises:
        Refused: no clerk of the township, or one of `faults_of`.
    """
    _may(notice.source.unit, user)
    Unit.objects.select_for_update().filter(pk=notice.source.unit_id).values_list("pk").first()  # a double tap waits here
    if faults := faults_of(notice):
        raise Refused(*faults)
    batch = Batch.objects.create(
        unit=notice.source.unit, source=notice.source, revision=notice.source.latest_revision_id, item=notice.item,
        title=notice.source.title, maker=user.pk, made_by=person(user), made_at=timezone.now(),
    )  # fmt: skip
    made = create_drafts(_drafts(notice, user), user, {"batch": batch.pk})
    rows = notice.rows.rows
    BatchText.objects.bulk_create(
        [
            BatchText(
                batch=batch, village_id=one.unit_id, disclosure=one, revision=one.latest_revision_id, rows=len(rows.get(one.unit_id, ()))
            )
            for one in made
        ],
        batch_size=_BATCH,
    )
    return batch


def _drafts(notice: Notice, user: Any) -> list[Disclosure]:
    drafts = [text_for(notice, one) for one in notice.villages]
    for draft in drafts:
        draft.author_id = user.pk
    return drafts


def from_town(village: Unit) -> QuerySet[Any]:
    """Drafts that came from the township and that nobody here has gone on with yet; the newest first."""
    kind = ContentType.objects.get_for_model(Disclosure)
    sent = WorkflowState.objects.filter(base_content_type=kind, object_id=Cast(OuterRef("disclosure"), CharField()))
    rows = BatchText.objects.filter(village=village, batch__undone_at=None, disclosure__live=False, disclosure__first_published_at=None)
    rows = rows.filter(disclosure__latest_revision=F("revision")).exclude(Exists(sent))
    return rows.select_related("disclosure", "batch__unit").defer("disclosure__body").order_by("-pk")


def touched(batch: Batch) -> list[str]:
    """Names of the villages whose draft is no longer as it was made: changed, sent in, signed, public or deleted. Four queries."""
    rows = list(batch.texts.select_related("village", "disclosure").defer("disclosure__body"))
    keys = [row.disclosure_id for row in rows if row.disclosure_id]
    sent = ever_sent(keys)
    kept = {*Receipt.objects.filter(disclosure__in=keys).values_list("disclosure", flat=True)}
    kept |= {*Signature.objects.filter(disclosure__in=keys).values_list("disclosure", flat=True)}
    return [
        str(row.village)
        for row in rows
        if row.disclosure is None
        or row.disclosure.latest_revision_id != row.revision
        or row.disclosure_id in sent
        or row.disclosure_id in kept
    ]


@transaction.atomic
def take_back(batch: Batch, user: Any) -> None:
    """Delete the drafts, all or none.

    Raises:
        Refused: no clerk of the township, taken back already, or a village has gone on with its draft.
    """
    _may(batch.unit, user)
    row = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if row.undone_at is not None:
        raise Refused(_("这一批已经收回了。"))
    if names := touched(row):
        raise Refused(_("这些村已经接着办了，不能一起收回：{names}。").format(names="、".join(names[:20])))
    drafts = Disclosure.objects.filter(batch_texts__batch=row)
    list(drafts.select_for_update(of=("self",)).values_list("pk"))
    remove_drafts(list(drafts.values_list("pk", flat=True)))
    Batch.objects.filter(pk=row.pk).update(undone_at=timezone.now(), undone_by=person(user))


def _may(town: Unit, user: Any) -> None:
    if town.level != Level.TOWNSHIP or (not user.is_superuser and not roles_of(user).cover(town, roles_for(LABEL, "add"))):
        raise Refused(_("只有乡镇（街道）的经办人能发给各村。"))


def with_numbers(batches: QuerySet[Batch]) -> QuerySet[Any]:
    """With how many villages and how many of their texts are public."""
    return batches.annotate(villages=Count("texts"), public=Count("texts", filter=Q(texts__disclosure__live=True)))
