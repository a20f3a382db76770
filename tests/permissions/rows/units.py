"""People, stand-ins, hand-over; the catalogue; search; what every member of staff has."""

from ..row import EVERY, GONE, ONLY_POST, Act, Row, listing, of

_M = "wagtailsnippets_units_membership"
_ADD, _CHANGE = "units.membership.add", "units.membership.change"
_OVERSEE = "administrator auditor"


def kept_for_the_site(snippet: str, thing: str, label: str) -> dict[str, Row]:
    """What belongs to no unit: only who covers every county, here the superuser; to everybody else Wagtail says no."""
    names = {"list": "", "list_results": "", "add": "", "edit": thing, "delete": thing, "usage": thing, "history": thing}
    rows = {f"wagtailsnippets_{snippet}:{name}": Row(what, "", outside="") for name, what in names.items()}
    return {**rows, f"wagtailsnippets_{snippet}:history_results": Row(thing, "", outside="")}


ROWS: dict[str, Row] = {
    f"{_M}:list": listing(_OVERSEE, "units.membership.view"),
    f"{_M}:list_results": listing(_OVERSEE, "units.membership.view"),
    f"{_M}:add": listing("administrator", _ADD),
    f"{_M}:edit": of("membership", "administrator", _CHANGE, sees="auditor", others=GONE),
    f"{_M}:delete": of("membership", "administrator", "units.membership.delete", sees="auditor", others=GONE),
    f"{_M}:usage": of("membership", "administrator", sees="auditor", others=GONE),
    f"{_M}:history": of("membership", "administrator", sees="auditor", others=GONE),
    f"{_M}:history_results": of("membership", "administrator", sees="auditor", others=GONE),
    "delegations": listing(
        EVERY, "units.delegation.view",
        acts={"give": Act({"reason": "出差"}, "clerk signer reviewer supervisor administrator", "units.delegation.add")},
    ),
    "delegation_end": of(
        "delegation", EVERY, page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST,
        acts={"end": Act({}, "clerk administrator")},
    ),
    "hand_over": listing(_OVERSEE, "units.handover.view", acts={"hand over": Act({"leaver": "1", "taker": "2"}, "administrator", "units.handover.add")}),
    "hand_over_back": of("hand-over", "", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST, acts={"back": Act({}, "administrator", "units.handover.add")}),
    "who_may": listing(EVERY),
    "catalog_index": listing(EVERY, "catalog.standard.view"),
    "catalog_upload": listing("administrator", "catalog.standard.add"),
    "catalog_preview": of("upload", "administrator", "catalog.standard.change", others=GONE),
    "catalog_export": of("standard", EVERY, "catalog.standard.view", of="county"),
    "search_state": listing("", acts={"retry": Act({"all": "1"}, "")}),
    **kept_for_the_site("search_synonym", "synonym", "search.synonym"),
    **kept_for_the_site("search_pinnedanswer", "pinned", "search.pinnedanswer"),
    **kept_for_the_site("supervision_reminderstep", "reminder", "supervision.reminderstep"),
    **kept_for_the_site("supervision_term", "term", "supervision.term"),
    **kept_for_the_site("supervision_checklist", "checklist", "supervision.checklist"),
    **kept_for_the_site("supervision_errorword", "word", "supervision.errorword"),
}  # fmt: skip
