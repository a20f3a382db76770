"""The table: a row for every address of the admin that is not one of a pattern of Wagtail's."""

from . import channels, disclosures, files, imports, lists, pages, participation, policies, subscriptions, supervision, units, wagtail

APPS = (disclosures, files, channels, imports, participation, policies, lists, subscriptions, units, supervision, pages, wagtail)
TABLES = [app.ROWS for app in APPS]
ROWS = {name: row for table in TABLES for name, row in table.items()}
assert len(ROWS) == sum(map(len, TABLES)), "an address stands in two files"
