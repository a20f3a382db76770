"""Service guides, and lists of powers in versions."""

from ..row import GONE, Act, Row, listing, of, values

_G = "wagtailsnippets_guides_serviceguide"
_VIEW, _ADD, _CHANGE, _PUBLISH = (f"guides.serviceguide.{act}" for act in ("view", "add", "change", "publish"))
_L_VIEW, _L_ADD, _L_PUBLISH = (f"powers.powerlist.{act}" for act in ("view", "add", "publish"))
_SEE = "clerk reviewer supervisor administrator auditor"
_WRITERS, _HANDS = "clerk administrator", "clerk reviewer administrator"
_WATCH = "supervisor auditor"
_ENTRY = {"code": "X-2", "name": "第二项", "matter": "licence", "basis": "《森林法》第五十六条", "body": "村委会"}


def _guide(thing: str, opens: str, right: str = "", **more: object) -> Row:
    """Signers have nothing to do with guides: there are none for them."""
    watching = " ".join(role for role in _SEE.split() if role not in opens.split())
    return of(thing, opens, right, sees=watching, others=GONE, **more)


ROWS: dict[str, Row] = {
    f"{_G}:list": listing(_SEE, _VIEW),
    f"{_G}:list_results": listing(_SEE, _VIEW),
    f"{_G}:add": listing(_WRITERS, _ADD),
    f"{_G}:preview_on_add": listing(_WRITERS, _ADD),
    f"{_G}:edit": _guide("guide", _HANDS, _CHANGE),
    f"{_G}:delete": _guide("guide", _WRITERS, "guides.serviceguide.delete"),
    f"{_G}:usage": _guide("guide", _HANDS),
    f"{_G}:history": _guide("guide", _HANDS),
    f"{_G}:history_results": _guide("guide", _HANDS),
    f"{_G}:preview_on_edit": _guide("guide", _HANDS),
    f"{_G}:revisions_view": _guide("guide, revision", _HANDS),
    f"{_G}:revisions_revert": _guide("guide, revision", _HANDS, _CHANGE),
    f"{_G}:revisions_compare": _guide("guide, two versions", _HANDS),
    f"{_G}:revisions_unschedule": _guide("guide, scheduled", "reviewer administrator", _PUBLISH),
    f"{_G}:unpublish": _guide(
        "public guide", "reviewer administrator", _PUBLISH,
        acts={"withdraw": Act({"reason": "改由县里办"}, "reviewer administrator", _PUBLISH, writes="guides_serviceguide")},
    ),
    "guide_gaps": listing(_SEE, _VIEW),
    "power_lists": listing(
        _SEE, _L_VIEW,
        acts={"begin": Act({"unit": values("place"), "kind": "licences"}, _WRITERS, _L_ADD, names_place=True)},
    ),
    "power_gaps": listing(_SEE, _L_VIEW),
    "power_list_admin": of(
        "power list without a draft", _SEE, _L_VIEW, others=GONE, acts={"copy": Act({"act": "copy"}, _WRITERS, _L_ADD, writes="powers_listversion")}
    ),
    "power_upload": of(
        "power upload", _WRITERS, _L_ADD, others=GONE,
        acts={
            "accept": Act({}, _WRITERS, _L_ADD, writes="powers_powerentry"),
            "forget": Act({"act": "forget"}, _WRITERS, _L_ADD, writes="powers_powerupload"),
        },
    ),
    "power_version_admin": of(
        "power draft", _SEE, _L_VIEW, others=GONE,
        acts={
            "describe": Act({"act": "describe", "in_force_from": "2026-01-01", "document_number": "1号"}, _WRITERS, _L_ADD, writes="powers_listversion"),
            "discard": Act({"act": "discard"}, _WRITERS, _L_ADD, writes="powers_listversion"),
            "publish": Act({"act": "publish"}, "reviewer administrator", _L_PUBLISH, writes="powers_listversion"),
        },
    ),
    "power_entry_new": of("power draft", _WRITERS, _L_ADD, others=GONE, acts={"add": Act(_ENTRY, _WRITERS, _L_ADD, writes="powers_powerentry")}),
    "power_entry_admin": of(
        "power entry", _WRITERS, _L_ADD, others=GONE,
        acts={
            "change": Act(_ENTRY, _WRITERS, _L_ADD, writes="powers_powerentry"),
            "remove": Act({"act": "remove"}, _WRITERS, _L_ADD, writes="powers_powerentry"),
        },
    ),
}  # fmt: skip
