"""The one table of who may do what. Superusers may do all; everybody else what stands here, on the units they cover."""

from .models import Role

ALL = frozenset(Role.values)
EDITORS = frozenset({Role.CLERK, Role.REVIEWER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

# model label -> action -> roles
GRANTS: dict[str, dict[str, frozenset[str]]] = {
    "disclosures.disclosure": {
        "add": frozenset({Role.CLERK}),
        "change": EDITORS,
        "delete": frozenset({Role.CLERK}),
        "publish": frozenset({Role.REVIEWER}),
        "lock": frozenset({Role.REVIEWER}),
        "unlock": frozenset({Role.REVIEWER}),
        "view": ALL,
    },
    "disclosures.attachment": {"add": EDITORS, "change": EDITORS, "delete": EDITORS, "choose": EDITORS, "view": EDITORS},
    "disclosures.photo": {"add": EDITORS, "change": EDITORS, "delete": EDITORS, "choose": EDITORS, "view": EDITORS},
    "disclosures.receipt": {"view": ALL},
    "catalog.standard": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "view": ALL},
    "supervision.indicator": {"change": ADMINISTRATORS | {Role.SUPERVISOR}, "view": ALL},
    "supervision.notice": {
        "add": ADMINISTRATORS | {Role.SUPERVISOR},
        "change": ADMINISTRATORS | {Role.SUPERVISOR},
        "view": ADMINISTRATORS | {Role.SUPERVISOR},
    },
    "supervision.annualreport": {"add": frozenset({Role.CLERK}), "change": EDITORS, "view": ALL},
    "search.synonym": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "delete": ADMINISTRATORS, "view": ADMINISTRATORS},
    "search.pinnedanswer": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "delete": ADMINISTRATORS, "view": ADMINISTRATORS},
    "search.entry": {"change": ADMINISTRATORS, "view": ADMINISTRATORS | {Role.SUPERVISOR}},
    "units.membership": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "delete": ADMINISTRATORS, "view": ADMINISTRATORS},
}

# What belongs to no unit: the role must cover every county of the site.
SITE_WIDE = frozenset({"search.synonym", "search.pinnedanswer", "search.entry"})


def roles_for(model_label: str, action: str) -> frozenset[str]:
    """Roles that may do `action` on a model such as "disclosures.disclosure"; none if the table does not say."""
    return GRANTS.get(model_label, {}).get(action, frozenset())
