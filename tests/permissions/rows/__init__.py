"""The table: a row for every address of the admin that is not one of a pattern of Wagtail's."""

from . import channels, disclosures, files, imports, participation, policies, supervision, units, wagtail

APPS = (disclosures, files, channels, imports, participation, policies, units, supervision, wagtail)
TABLES = [app.ROWS for app in APPS]
ROWS = {name: row for table in TABLES for name, row in table.items()}
assert len(ROWS) == sum(map(len, TABLES)), "an address stands in two files"
