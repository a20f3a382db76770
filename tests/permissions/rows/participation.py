"""来件, and the words that answers begin with."""

from django.utils import timezone

from ..row import GONE, Act, Row, listing, of, values
from .units import kept_for_the_site

_S = "participation.submission"
_HISTORY = "participation_event"
_SEE = "clerk reviewer supervisor administrator auditor"
_CALL = {
    "kind": "message",
    "source": "phone",
    "on": lambda _things: timezone.localdate().isoformat(),
    "text": "路灯坏了",
    "name": "李大娘",
    "phone": "13900000001",
}

ROWS: dict[str, Row] = {
    "submissions": listing(_SEE, f"{_S}.view"),
    "submission_new": listing(
        "clerk", f"{_S}.add", acts={"enter": Act({"unit": values("place"), **_CALL}, "clerk", f"{_S}.add", writes=_HISTORY, names_place=True)}
    ),
    "submission": of(
        "submission", _SEE, f"{_S}.view", others=GONE,
        acts={
            "hide": Act({"step": "hide", "note": "说的是家事"}, "clerk reviewer", f"{_S}.answer", writes=_HISTORY),
            "approve": Act({"step": "approve"}, "reviewer", f"{_S}.approve", writes=_HISTORY),
            "urge": Act({"step": "urge", "note": "请快办"}, "supervisor", f"{_S}.urge", writes=_HISTORY),
        },
    ),
    **kept_for_the_site("participation_answertemplate", "template", "participation.answertemplate"),
}  # fmt: skip
