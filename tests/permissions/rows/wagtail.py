"""Wagtail's own addresses. What only keepers of the whole site have is one line a pattern; the rest one line an address."""

from ..row import EVERY, GONE, ONLY_POST, Act, Row, listing, of

# No role of ours opens these, whatever stands in the address: refused or not there, and nothing changes.
ONLY_SUPERUSERS = (
    r"wagtailadmin_explore\w*",
    r"wagtailadmin_pages:.*",
    r"wagtailadmin_collections:.*",
    r"wagtailadmin_workflows:.*",
    r"/admin/workflows/remove/.*",
    r"wagtailadmin_reports:.*",
    r"wagtail_bulk_action",
    r"wagtailforms:.*",
    r"wagtailredirects:.*",
    r"/admin/settings/.*",
    r"wagtailsettings:.*",
    r"wagtailsites:.*",
    r"wagtailusers_(users|groups):.*",
    r"wagtailadmin_api:pages:(detail|find|action)",
    r"wagtailsnippetchoosers_.*",
)
# Open before anybody signs in.
OPEN_TO_STRANGERS = r"wagtailadmin_(login|logout|sprite|javascript_catalog|password_reset\w*)"

ROWS: dict[str, Row] = {
    "/admin/": listing("signer reviewer supervisor administrator", others="302"),  # the clerk's and the auditor's is another page
    "wagtailadmin_api:pages:listing": listing(EVERY),
    "wagtailadmin_choose_page": listing(EVERY),
    "wagtailadmin_choose_page_child": Row("page", EVERY, outside=""),
    "wagtailadmin_choose_page_search": listing(EVERY),
    "wagtailadmin_choose_page_chosen_multiple": listing(EVERY),
    "wagtailadmin_choose_page_external_link": listing(EVERY),
    "wagtailadmin_choose_page_email_link": listing(EVERY),
    "wagtailadmin_choose_page_phone_link": listing(EVERY),
    "wagtailadmin_choose_page_anchor_link": listing(EVERY),
    "wagtailadmin_tag_autocomplete": listing(EVERY),
    "wagtailadmin_tag_model_autocomplete": Row("a tag's model", EVERY, outside=""),
    # Without a word about the page: a way on to what refuses, or a question.
    "wagtailadmin_pages:workflow_action": Row("page, step", "", page="302", others="302", outside=""),
    "wagtailadmin_pages:collect_workflow_action_data": Row("page, step", "", page="302", others="302", outside=""),
    "wagtailadmin_pages:revisions_index": Row("page", "", page="302", others="302", outside=""),
    "wagtailadmin_pages:confirm_workflow_cancellation": Row("page", EVERY, outside=""),
    "wagtailadmin_account": listing(EVERY),
    "wagtailadmin_dismissibles": listing(EVERY),
    "wagtailadmin_editing_sessions:ping": of(
        "session of draft", "", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST, acts={"ping": Act({}, "clerk reviewer")}
    ),
    "wagtailadmin_editing_sessions:release": Row("no upload", EVERY, page=ONLY_POST, outside=""),  # of the own session only
    "wagtailadmin_block_preview": listing("", page=GONE, others=GONE),
    "wagtailembeds:chooser": listing(EVERY),
    "wagtailembeds:chooser_upload": listing(EVERY),
    "wagtailsnippets:index": listing(""),
    "wagtailadmin_error_test": listing("", page=GONE, others=GONE),
    "/admin/test404/": listing(EVERY),
    "/admin/^.*/$": listing("", page=GONE, others=GONE),
}
