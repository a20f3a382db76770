"""What the owner says to a job: which column is what, how to import, give it up."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Item
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..columns import columns_of, missing
from ..models import ColumnMemory, ImportJob, Mode, Phase
from .empty import empty
from .receive import head_print
from .rights import may_bring_in
from .wake import wake


@dataclass(frozen=True)
class Columns:
    """`places` are our names and positions in the head; unit and item are for rows that name none."""

    places: dict[str, int]
    unit: Unit | None
    item: Item | None


@transaction.atomic
def set_columns(job: ImportJob, said: Columns) -> ImportJob:
    """Raises Refused."""
    job = locked(job, Phase.MAPPING)
    _sensible(job, said)
    job.columns, job.unit, job.item = said.places, said.unit, said.item
    _move(job, Phase.READING)
    told = {"columns": said.places, "unit": said.unit, "item": said.item}
    ColumnMemory.objects.update_or_create(owner=job.owner, head=head_print(job.head), defaults=told)
    return job


def _sensible(job: ImportJob, said: Columns) -> None:
    known = {column.name for column in columns_of(job.kind)}
    if set(said.places) - known or any(not 0 <= place < len(job.head) for place in said.places.values()):
        raise Refused(_("选的列不在文件里，请重新选。"))
    if lacking := missing(job.kind, said.places):
        raise Refused(_("这几样要选一列：{names}。").format(names="、".join(lacking)))
    if len(set(said.places.values())) < len(said.places):
        raise Refused(_("同一列选了两次，请看一看。"))
    if "unit" not in said.places and said.unit is None:
        raise Refused(_("文件里没有单位这一列，请选都放到哪个单位。"))
    if "item" not in said.places and said.item is None:
        raise Refused(_("文件里没有事项这一列，请选都归到哪一项。"))
    if said.unit is not None and not may_bring_in(job.owner, said.unit):
        raise Refused(_("“{unit}”不归您管，不能替它导入。").format(unit=said.unit))


@transaction.atomic
def begin_import(job: ImportJob, mode: str) -> ImportJob:
    """Raises Refused: the dry run is not over, there is nothing to import, or a row is wrong and all were wanted."""
    job = locked(job, Phase.CHECKED)
    if not job.good:
        raise Refused(_("没有一行能导。请改好文件再传。"))
    if mode not in Mode.values:
        raise Refused(_("请选怎么导。"))
    if mode == Mode.ALL and job.bad:
        raise Refused(_("还有 {n} 行要改。请改好文件再传，或者选“只导没问题的”。").format(n=job.bad))
    job.mode, job.decided_at = mode, timezone.now()
    _move(job, Phase.IMPORTING)
    return job


@transaction.atomic
def begin_undo(job: ImportJob, by: str) -> ImportJob:
    """Raises Refused: nothing was imported, or the hour is over."""
    job = locked(job, Phase.DONE)
    if not job.can_be_undone:
        raise Refused(_("过了一个小时，不能一起撤销了。要删的草稿请一条一条删。"))
    job.undone_by, job.undone_at = by, timezone.now()
    _move(job, Phase.UNDOING)
    return job


@transaction.atomic
def give_up(job: ImportJob) -> None:
    """The file and the rows go at once; that there was a file stays on record. Raises Refused once anything came in."""
    job = locked(job, Phase.MAPPING, Phase.READING, Phase.CHECKING, Phase.CHECKED)
    _move(job, Phase.GIVEN_UP)
    empty(job)


@transaction.atomic
def try_again(job: ImportJob) -> None:
    ImportJob.objects.filter(pk=job.pk).exclude(fault="").update(fault="", moved_at=timezone.now())
    transaction.on_commit(wake)


def locked(job: ImportJob, *phases: Phase) -> ImportJob:
    """The row as it is now. Raises Refused where it has gone on meanwhile, such as by a second click."""
    row = ImportJob.objects.select_for_update(of=("self",)).select_related("unit", "item", "owner").get(pk=job.pk)
    if row.phase not in phases:
        raise Refused(_("这个导入已经到下一步了，请看现在的情况。"))
    return row


def _move(job: ImportJob, phase: Phase) -> None:
    job.phase, job.moved_at = phase, timezone.now()
    job.save()
    transaction.on_commit(wake)
