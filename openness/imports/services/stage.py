"""From the kept file into rows: so many lines a time, and where in the file to go on, in one transaction."""

import json
from itertools import islice

from django.db import transaction
from django.utils import timezone

from ..limits import BATCH
from ..models import ImportJob, ImportRow, Phase
from .claim import claim
from .lookups import Lookups


def step(job: ImportJob, _lookups: Lookups) -> None:
    """Raises Overtaken, and OSError where the file cannot be had."""
    with job.file.storage.open(str(job.file.name), "rb") as file:
        file.seek(job.offset)
        lines = list(islice(iter(file.readline, b""), BATCH))  # iterating over Django's File begins anew
    rows = [ImportRow(job=job, number=number, cells=cells) for number, cells in map(json.loads, lines)]
    with transaction.atomic():
        claim(job)
        ImportRow.objects.bulk_create(rows)
        job.offset += sum(map(len, lines))
        job.read += len(rows)
        job.moved_at = timezone.now()
        if not rows or job.read >= job.total:
            job.phase = Phase.CHECKING
        job.save(update_fields=["offset", "read", "moved_at", "phase"])
