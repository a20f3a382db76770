"""The pairs that every new installation starts with; staff change them in the admin."""

import csv
from pathlib import Path

from ..models import Synonym

FILE = Path(__file__).resolve().parent.parent / "data" / "synonyms.csv"


def load_first_synonyms() -> int:
    """Fill an empty table.

    Returns:
        How many pairs were loaded; 0 if there were some already.
    """
    if Synonym.objects.exists():
        return 0
    with FILE.open(encoding="utf-8", newline="") as stream:
        pairs = [Synonym(word=row["word"], term=row["term"]) for row in csv.DictReader(stream)]
    return len(Synonym.objects.bulk_create(pairs))
