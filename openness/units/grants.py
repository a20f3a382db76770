"""The one table of who may do what. Superusers may do all; everybody else what stands here, on the units they cover."""

from .models import Role

ALL = frozenset(Role.values)
EDITORS = frozenset({Role.CLERK, Role.REVIEWER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
SUPERVISORS = frozenset({Role.SUPERVISOR})
AUDITORS = frozenset({Role.AUDITOR})  # may view whatever anybody may view, and do nothing else
_SEE_DRAFTS = EDITORS | AUDITORS | {Role.SIGNER}
_WATCH = ADMINISTRATORS | SUPERVISORS | AUDITORS
_OVERSEE = ADMINISTRATORS | AUDITORS

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
    "disclosures.attachment": {"add": EDITORS, "change": EDITORS, "delete": EDITORS, "choose": EDITORS, "view": _SEE_DRAFTS},
    "disclosures.photo": {"add": EDITORS, "change": EDITORS, "delete": EDITORS, "choose": EDITORS, "view": _SEE_DRAFTS},
    "disclosures.receipt": {"view": ALL},
    "disclosures.rulesetting": {"change": ADMINISTRATORS, "view": ALL},
    "disclosures.ruleoverride": {"view": ADMINISTRATORS | SUPERVISORS | {Role.REVIEWER, Role.AUDITOR}},
    "disclosures.maskedoriginal": {"view": ADMINISTRATORS | {Role.REVIEWER}, "restore": ADMINISTRATORS | {Role.REVIEWER}},
    "disclosures.signature": {"add": frozenset({Role.SIGNER}), "record": frozenset({Role.CLERK}), "view": ALL},
    "disclosures.signingrule": {"add": ADMINISTRATORS, "view": ALL},
    "imports.importjob": {"add": EDITORS | ADMINISTRATORS, "view": _OVERSEE},
    "channels.batch": {"add": frozenset({Role.CLERK}), "view": ALL},
    "channels.bundle": {"add": EDITORS, "view": ALL},
    "channels.posting": {"add": frozenset({Role.CLERK}), "view": ALL},
    "participation.submission": {
        "add": frozenset({Role.CLERK}),
        "answer": EDITORS,
        "approve": frozenset({Role.REVIEWER}),
        "urge": SUPERVISORS,
        "view": EDITORS | ADMINISTRATORS | SUPERVISORS | AUDITORS,
    },
    "participation.contact": {"call": EDITORS},  # nobody needs it but who answers
    "participation.answertemplate": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "delete": ADMINISTRATORS, "view": _OVERSEE},
    "policies.policy": {
        "add": frozenset({Role.CLERK}),
        "change": EDITORS,
        "delete": frozenset({Role.CLERK}),
        "publish": frozenset({Role.REVIEWER}),
        "view": EDITORS | _WATCH,
    },
    "policies.interpretation": {
        "add": frozenset({Role.CLERK}),
        "change": EDITORS,
        "delete": frozenset({Role.CLERK}),
        "publish": frozenset({Role.REVIEWER}),
        "view": EDITORS | _WATCH,
    },
    "policies.card": {"change": EDITORS, "check": EDITORS},
    "policies.needrule": {"add": ADMINISTRATORS, "view": EDITORS | _WATCH},
    "policies.departmenttoken": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "view": _OVERSEE},
    "subscriptions.followed": {"change": ADMINISTRATORS, "view": _OVERSEE},  # numbers; no address of anybody
    "guides.serviceguide": {
        "add": ADMINISTRATORS | {Role.CLERK},
        "change": ADMINISTRATORS | EDITORS,
        "delete": ADMINISTRATORS | {Role.CLERK},
        "publish": ADMINISTRATORS | {Role.REVIEWER},
        "view": EDITORS | _WATCH,
    },
    "powers.powerlist": {
        "add": ADMINISTRATORS | {Role.CLERK},
        "publish": ADMINISTRATORS | {Role.REVIEWER},
        "view": EDITORS | _WATCH,
    },
    "supervision.obligation": {"declare": frozenset({Role.CLERK}), "waive": ADMINISTRATORS, "view": ALL},
    "catalog.standard": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "view": ALL},
    "supervision.indicator": {"change": ADMINISTRATORS | {Role.SUPERVISOR}, "view": ALL},
    "supervision.notice": {
        "add": ADMINISTRATORS | {Role.SUPERVISOR},
        "change": ADMINISTRATORS | {Role.SUPERVISOR},
        "view": _WATCH,
    },
    "supervision.annualreport": {"add": frozenset({Role.CLERK}), "change": EDITORS, "view": ALL},
    "search.synonym": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "delete": ADMINISTRATORS, "view": _OVERSEE},
    "search.pinnedanswer": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "delete": ADMINISTRATORS, "view": _OVERSEE},
    "search.entry": {"change": ADMINISTRATORS, "view": _WATCH},
    "supervision.urging": {"add": SUPERVISORS, "answer": frozenset({Role.CLERK}), "judge": SUPERVISORS, "view": ALL},
    "supervision.rectification": {"add": SUPERVISORS, "answer": EDITORS, "recheck": SUPERVISORS, "view": ALL},
    "supervision.spotcheck": {"add": SUPERVISORS, "change": SUPERVISORS, "view": _WATCH},
    "supervision.finding": {"change": SUPERVISORS, "view": ALL},
    "supervision.delivery": {"view": _OVERSEE},
    "supervision.reminderstep": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "view": _OVERSEE},
    "supervision.term": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "view": _OVERSEE},
    "supervision.checklist": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "view": _OVERSEE},
    "supervision.errorword": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "delete": ADMINISTRATORS, "view": _OVERSEE},
    "units.membership": {"add": ADMINISTRATORS, "change": ADMINISTRATORS, "delete": ADMINISTRATORS, "view": _OVERSEE},
    "units.delegation": {"add": ALL - AUDITORS, "change": ADMINISTRATORS, "view": ALL},
    "units.handover": {"add": ADMINISTRATORS, "view": _OVERSEE},
}

# What belongs to no unit: the role must cover every county of the site.
SITE_WIDE = frozenset(
    {
        "search.synonym",
        "search.pinnedanswer",
        "search.entry",
        "participation.answertemplate",
        "subscriptions.followed",
        "supervision.delivery",
        "supervision.reminderstep",
        "supervision.term",
        "supervision.checklist",
        "supervision.errorword",
    }
)


def roles_for(model_label: str, action: str) -> frozenset[str]:
    """Roles that may do `action` on a model such as "disclosures.disclosure"; none if the table does not say."""
    return GRANTS.get(model_label, {}).get(action, frozenset())
