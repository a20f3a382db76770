"""The first rows of the kept file, for the person who says which column is what."""

import json
from itertools import islice

from ..models import ImportJob

_ROWS = 3


def first_rows(job: ImportJob) -> list[list[str]]:
    """None where the file is gone."""
    if not job.file.name:
        return []
    with job.file.storage.open(job.file.name, "rb") as file:
        return [json.loads(line)[1] for line in islice(file, _ROWS)]
