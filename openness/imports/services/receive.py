"""Taking a file in: read once to its end in the request, kept as lines of cells; a file that is refused leaves nothing."""

import json
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from openness.disclosures.rules.personal import mask
from openness.disclosures.services.local_files import uploaded_path
from openness.units.people import person
from openness.units.refusal import Refused

from ..columns import guess, known_names, missing
from ..limits import MOST_BYTES
from ..models import ColumnMemory, ImportJob, Kind, Phase
from ..reading import Format, Sheet, open_sheet
from .wake import wake

ALLOWED = {Kind.TABLE: frozenset({Format.XLSX, Format.CSV}), Kind.ARTICLES: frozenset(Format)}
MOST_OPEN = 5
_OPEN = (Phase.MAPPING, Phase.READING, Phase.CHECKING, Phase.CHECKED)


def receive(user: Any, kind: Kind, upload: Any) -> ImportJob:
    """A job for the file.

    Raises:
        Refused: in a sentence what to do; nothing of the file is kept.
    """
    if upload.size > MOST_BYTES:
        raise Refused(_("文件超过 32 MB。请分成几个文件。"))
    if ImportJob.objects.filter(owner=user, phase__in=_OPEN).count() >= MOST_OPEN:
        raise Refused(_("您有 {n} 个导入还没有定下来。请先导入或者删掉。").format(n=MOST_OPEN))
    with uploaded_path(upload) as path, tempfile.TemporaryFile("w+b", prefix="import-") as lines:
        job = _read(path, kind, lines)
        job.owner, job.owner_name, job.file_name = user, person(user), mask(Path(upload.name).name)[:200]
        return _keep(job, lines)


def _read(path: Path, kind: Kind, lines: IO[bytes]) -> ImportJob:
    with open_sheet(path, known_names(kind), ALLOWED[kind]) as sheet:
        columns = guess(kind, sheet.head)
        if kind == Kind.TABLE and (lacking := missing(kind, columns)):
            raise Refused(_("表格里没有找到这几列：{names}。请用下载的模板填。").format(names="、".join(lacking)))
        total = _write(sheet, lines)
        if not total:
            raise Refused(_("表头下面没有一行内容。"))
        phase = Phase.MAPPING if kind == Kind.ARTICLES else Phase.READING
        return ImportJob(kind=kind, head=sheet.head, columns=columns, total=total, said=sheet.said, phase=phase)


def _write(sheet: Sheet, lines: IO[bytes]) -> int:
    total = 0
    for row in sheet.rows:
        total += 1
        lines.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    lines.seek(0)
    return total


def _keep(job: ImportJob, lines: IO[bytes]) -> ImportJob:
    """The file first: a row without a file could not go on, a file without a row is deleted at once."""
    _remember(job)
    job.file.save("rows", File(lines), save=False)
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            transaction.on_commit(wake)
    except BaseException:
        with suppress(OSError):
            job.file.delete(save=False)
        raise
    return job


def _remember(job: ImportJob) -> None:
    """What the person said of a file with the same head."""
    known = ColumnMemory.objects.filter(owner=job.owner, head=head_print(job.head)).first() if job.kind == Kind.ARTICLES else None
    if known is not None:
        job.columns, job.unit_id, job.item_id = known.columns, known.unit_id, known.item_id


def head_print(head: Sequence[str]) -> str:
    return sha256("\x1f".join(head).encode()).hexdigest()
