"""Attachments and photographs: Wagtail's own pages, through the units' policy. Lists and choosers show own files only (test_closed_doors)."""

from typing import Any

from ..row import EVERY, GONE, ONLY_POST, Row, listing, of

_A, _P = "disclosures.attachment", "disclosures.photo"
_WRITERS, _SEE = "clerk reviewer", "clerk signer reviewer auditor"


def _file(thing: str, right: str = "", **more: Any) -> Row:
    """Who writes works on it, who reads drafts is sent away, for the rest it does not exist."""
    return of(thing, _WRITERS, right, sees="signer auditor", others=GONE, **more)


ROWS: dict[str, Row] = {
    "/admin/documents/": listing(_WRITERS),
    "/admin/documents/results/": listing(_WRITERS),
    "wagtaildocs:add": listing(_WRITERS, f"{_A}.add"),
    "wagtaildocs:add_multiple": listing(_WRITERS, f"{_A}.add"),
    "wagtaildocs:edit": _file("attachment", f"{_A}.change"),
    "wagtaildocs:delete": _file("attachment", f"{_A}.delete"),
    "wagtaildocs:document_usage": _file("attachment"),
    "wagtaildocs:edit_multiple": _file("attachment", page=ONLY_POST),
    "wagtaildocs:delete_multiple": _file("attachment", page=ONLY_POST),
    "wagtaildocs:create_multiple_from_uploaded_document": of(
        "sent attachment", "clerk", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST
    ),
    "wagtaildocs:delete_upload_multiple": of("sent attachment", "clerk", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST),
    "wagtaildocs_chooser:choose": listing(EVERY),
    "wagtaildocs_chooser:choose_results": listing(EVERY),
    "wagtaildocs_chooser:chosen": _file("attachment"),
    "wagtaildocs_chooser:chosen_multiple": listing(EVERY),
    "wagtaildocs_chooser:create": listing(_WRITERS),
    "wagtailadmin_api:documents:listing": listing(EVERY),
    "wagtailadmin_api:documents:detail": of("attachment", _SEE, f"{_A}.view", others=GONE),
    "wagtailadmin_api:documents:find": listing("", page=GONE, others=GONE),
    "wagtailimages:index": listing(_WRITERS),
    "wagtailimages:index_results": listing(_WRITERS),
    "wagtailimages:add": listing(_WRITERS, f"{_P}.add"),
    "wagtailimages:add_multiple": listing(_WRITERS, f"{_P}.add"),
    "wagtailimages:edit": _file("photo", f"{_P}.change"),
    "wagtailimages:delete": _file("photo", f"{_P}.delete"),
    "wagtailimages:image_usage": _file("photo"),
    "wagtailimages:url_generator": _file("photo", page=GONE),  # not in use
    "wagtailimages:url_generator_output": _file("photo", page=GONE),
    "wagtailimages:preview": _file("photo, cut"),
    "wagtailimages:edit_multiple": _file("photo", page=ONLY_POST),
    "wagtailimages:delete_multiple": _file("photo", page=ONLY_POST),
    "wagtailimages:create_multiple_from_uploaded_image": of("sent photo", "clerk", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST),
    "wagtailimages:delete_upload_multiple": of("sent photo", "clerk", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST),
    "wagtailimages_chooser:choose": listing(EVERY),
    "wagtailimages_chooser:choose_results": listing(EVERY),
    "wagtailimages_chooser:chosen": _file("photo"),
    "wagtailimages_chooser:chosen_multiple": listing(EVERY),
    "wagtailimages_chooser:create": listing(_WRITERS),
    "wagtailimages_chooser:select_format": _file("photo"),
    "wagtailadmin_api:images:listing": listing(EVERY),
    "wagtailadmin_api:images:detail": of("photo", _SEE, f"{_P}.view", others=GONE),
    "wagtailadmin_api:images:find": listing("", page=GONE, others=GONE),
}
