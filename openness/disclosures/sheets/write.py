"""The way back: rows as the text that Excel and WPS put on the clipboard."""

import csv
import io
from collections.abc import Iterable, Sequence


def to_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()
