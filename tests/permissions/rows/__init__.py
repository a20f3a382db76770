"""The table: a row for every address of the admin that is not one of a pattern of Wagtail's."""

from . import disclosures, files, supervision, units, wagtail

TABLES = (disclosures.ROWS, files.ROWS, units.ROWS, supervision.ROWS, wagtail.ROWS)
ROWS = {name: row for table in TABLES for name, row in table.items()}
assert len(ROWS) == sum(map(len, TABLES)), "an address stands in two files"
