"""Drafts of versions: from a sheet that was looked at, or from the version in force; then entry by entry, until they are published."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.rules.personal import mask
from openness.disclosures.services.local_files import uploaded_path
from openness.imports.limits import MOST_BYTES
from openness.pagecache.topics import changing
from openness.units.admin.common import may_for
from openness.units.models import Unit
from openness.units.people import person
from openness.units.refusal import Refused

from ..models import Kind, ListVersion, PowerEntry, PowerList, PowerUpload
from ..rules.compare import Comparison, compare
from ..rules.content import Content
from .read import Read, faults_of, read_list

LABEL = "powers.powerlist"
KEEP_UPLOADS = timedelta(days=7)


def _needs(user: Any, unit: Unit) -> None:
    if not may_for(user, LABEL, "add", unit):
        raise PermissionDenied


def begin_list(unit: Unit, kind: Kind, user: Any) -> PowerList:
    """The list of this kind; the one that is there already, if so. Raises PermissionDenied."""
    _needs(user, unit)
    with changing(()):
        return PowerList.objects.get_or_create(unit=unit, kind=kind)[0]


def receive(power_list: PowerList, upload: Any, user: Any) -> tuple[Read, PowerUpload | None]:
    """What the file says; kept for the preview only if every row can be taken.

    Raises:
        Refused: no table, too big, a column lacks. PermissionDenied.
    """
    _needs(user, power_list.unit)
    if upload.size > MOST_BYTES:
        raise Refused(_("文件超过 32 MB，请换一个。"))
    with uploaded_path(upload) as path:
        read = read_list(path, Kind(power_list.kind))
    if read.faults:
        return read, None
    PowerUpload.objects.filter(at__lt=timezone.now() - KEEP_UPLOADS).delete()
    rows = [entry.as_dict() for entry in read.entries]
    name = mask(Path(upload.name).name)[:200]
    return read, PowerUpload.objects.create(power_list=power_list, owner=user, file_name=name, rows=rows, said=read.said)


def entries_of(upload: PowerUpload) -> list[Content]:
    return [Content.from_dict(row) for row in upload.rows]


def accept(upload: PowerUpload, user: Any) -> ListVersion:
    """The sheet becomes the draft of the next version. Raises Refused where there is a draft already; PermissionDenied."""
    _needs(user, upload.power_list.unit)
    with changing(()), transaction.atomic():
        draft = _new_draft(upload.power_list, user, upload.file_name)
        _fill(draft, entries_of(upload))
        upload.delete()
    return draft


def start_from_current(power_list: PowerList, user: Any) -> ListVersion:
    """A draft with the entries of the newest public version, to be changed one by one; empty before the first."""
    _needs(user, power_list.unit)
    with changing(()), transaction.atomic():
        draft = _new_draft(power_list, user, "")
        _fill(draft, contents_of(newest(power_list)))
    return draft


def _new_draft(power_list: PowerList, user: Any, file_name: str) -> ListVersion:
    try:
        with transaction.atomic():
            return ListVersion.objects.create(power_list=power_list, author=user, written_by=person(user), file_name=file_name)
    except IntegrityError as fault:
        raise Refused(_("这份清单已经有一份草稿。请先公布它，或者删掉它。")) from fault


def _fill(draft: ListVersion, entries: Sequence[Content]) -> None:
    PowerEntry.objects.bulk_create([PowerEntry.of(draft, place, entry) for place, entry in enumerate(entries, start=1)], batch_size=500)


def newest(power_list: PowerList) -> ListVersion | None:
    """The public version of the highest number, whether or not it has begun."""
    return ListVersion.objects.public().filter(power_list=power_list).order_by("-number").first()


def contents_of(version: ListVersion | None) -> list[Content]:
    return [entry.content for entry in version.entries.order_by("position")] if version else []


def change_of(draft: ListVersion) -> Comparison:
    """What publishing this draft would change. Three queries."""
    return compare(contents_of(newest(draft.power_list)), contents_of(draft))


def save_entry(draft: ListVersion, content: Content, user: Any, entry: PowerEntry | None = None) -> PowerEntry:
    """Change an entry of a draft, or add one at its end. Raises Refused with what is wrong; PermissionDenied."""
    _needs(user, draft.power_list.unit)
    _is_draft(draft)
    faults = faults_of(content.as_dict(), content.matter)
    others = draft.entries.exclude(pk=entry.pk) if entry else draft.entries.all()
    if others.filter(key=content.key).exists():
        faults.append(_("清单里已经有这个编码或者名称。"))
    if faults:
        raise Refused(*faults)
    place = entry.position if entry else (others.aggregate(last=Max("position"))["last"] or 0) + 1
    made = PowerEntry.of(draft, place, content)
    made.pk = entry.pk if entry else None
    with changing(()):
        made.save()
    return made


def remove_entry(entry: PowerEntry, user: Any) -> None:
    """Raises Refused for what is public; PermissionDenied."""
    _needs(user, entry.version.power_list.unit)
    _is_draft(entry.version)
    with changing(()):
        entry.delete()


def describe(draft: ListVersion, user: Any, **columns: Any) -> None:
    """When it begins, under which number, on what basis."""
    _needs(user, draft.power_list.unit)
    _is_draft(draft)
    for name, value in columns.items():
        setattr(draft, name, value)
    with changing(()):
        draft.save(update_fields=list(columns))


def discard(draft: ListVersion, user: Any) -> None:
    """Raises Refused for what is public; PermissionDenied."""
    _needs(user, draft.power_list.unit)
    _is_draft(draft)
    with changing(()), transaction.atomic():
        draft.entries.all().delete()
        draft.delete()


def _is_draft(version: ListVersion) -> None:
    if not version.is_draft:
        raise Refused(_("公布过的版本不能改，要改就做新的版本。"))
