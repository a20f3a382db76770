"""Windows in which editors of pages choose links: only what everybody may read is in them (tests/pages/test_choosers.py)."""

from ..row import AWAY, EVERY, Row, listing

_CHOOSERS = {"public_disclosure_chooser": "public", "public_item_chooser": "item in force", "public_unit_chooser": "village itself"}

ROWS: dict[str, Row] = {
    f"{chooser}:{view}": row
    for chooser, thing in _CHOOSERS.items()
    for view, row in {
        "choose": listing(EVERY),
        "choose_results": listing(EVERY),
        "chosen": Row(thing, EVERY, outside=""),
        "chosen_multiple": listing(EVERY),
        "create": listing("", page=AWAY),
    }.items()
}
