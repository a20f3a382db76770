"""Tables that no public page reads and that are written all the time. What is not here counts as shown: better a page made anew than an old one."""

_FAMILIES = (
    "django_",  # sessions, migrations, content types
    "auth_",
    "wagtailadmin_",  # who edits now, what a form held
    "wagtailusers_",
    "wagtailcore_comment",
    "wagtailcore_workflow",
    "modelsearch_",
    "channels_",  # the walls and bundles of the staff
    "imports_",
    "pagecache_",
    "subscriptions_",
    "search_",  # the index has a freshness of its own, and no page of results is kept
)
_TABLES = frozenset(
    {
        "wagtailcore_modellogentry",
        "wagtailcore_pagelogentry",
        "wagtailcore_referenceindex",
        "wagtailcore_revision",  # pages show what is published
        "wagtailcore_taskstate",
        "wagtailcore_uploadedfile",
        "wagtailimages_rendition",
        "disclosures_photorendition",  # made while a page is made
        "units_membership",
        "units_delegation",
        "units_handover",
        "units_wrongpasswords",
        "catalog_upload",
        "disclosures_maskedoriginal",
        "disclosures_originallook",
        "disclosures_ruleoverride",
        "disclosures_rulerequest",
        "disclosures_serial",
        "participation_answertemplate",
        "participation_contact",
        "participation_daycount",
        "participation_event",
        "participation_informationrequest",
        "participation_knock",
        "policies_band",
        "policies_departmenttoken",
        "policies_hourcount",
        "policies_needrule",
        "policies_sending",
        "powers_powerupload",
        "supervision_dailyrun",
        "supervision_delivery",
        "supervision_escalation",
        "supervision_linkcheck",
        "supervision_reminder",
        "supervision_reviewescalation",
        "supervision_textband",
        "supervision_textprint",
        "supervision_urgeclock",
    }
)


def is_private(table: str) -> bool:
    return table in _TABLES or table.startswith(_FAMILIES)
