"""批量导入: a job is its owner's; who watches every unit that it names may look at it and presses no button."""

from typing import Any

from django.core.files.base import ContentFile

from ..row import GONE, ONLY_POST, Act, Row, listing, of, values
from ..traffic import TABLE

_JOB = "imports.importjob"
_ADD = "clerk reviewer administrator"
_OVERSEE = "administrator auditor"


def _seen(thing: str = "job") -> Row:
    return of(thing, _OVERSEE, f"{_JOB}.view", others=GONE, owner="clerk")


def _button(thing: str, body: dict[str, Any], writes: str = "imports_importjob") -> Row:
    return of(thing, "", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST, owner="clerk", acts={"press": Act(body, "", writes=writes)})


ROWS: dict[str, Row] = {
    "imports": listing("clerk reviewer administrator auditor"),
    "import_template": listing(_ADD, f"{_JOB}.add"),
    "import_new": Row(
        "kind of import", "", page=ONLY_POST, others=ONLY_POST, outside="",
        acts={"bring": Act({"file": lambda _things: ContentFile(TABLE, "a.xlsx")}, _ADD, f"{_JOB}.add", writes="imports_importjob")},
    ),
    "import_job": _seen(),
    "import_progress": _seen(),
    "import_answer": _seen(),
    "import_columns": _button("job to map", {"title": "0", "body": "1", "published": "2", "all_unit": values("village"), "all_item": values("item")}),
    "import_go": _button("job", {"mode": "all"}),
    "import_step": _button("job at work", {}),
    "import_undo": _button("job done", {}),
    "import_drop": _button("job", {}),
}  # fmt: skip
