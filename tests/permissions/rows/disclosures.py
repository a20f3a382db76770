"""Texts, their review, their rules, their files."""

from ..row import EVERY, GONE, ONLY_POST, Act, Row, listing, of

_D = "wagtailsnippets_disclosures_disclosure"
CHANGE, ADD, VIEW = "disclosures.disclosure.change", "disclosures.disclosure.add", "disclosures.disclosure.view"
PUBLISH, LOCK = "disclosures.disclosure.publish", "disclosures.disclosure.lock"
_WRITERS = "clerk reviewer"

ROWS: dict[str, Row] = {
    f"{_D}:list": listing(EVERY, VIEW),
    f"{_D}:list_results": listing(EVERY, VIEW),
    f"{_D}:add": listing("clerk", ADD),
    f"{_D}:preview_on_add": listing("clerk", ADD),
    f"{_D}:edit": of("draft", _WRITERS, CHANGE),
    f"{_D}:delete": of("draft", "clerk", "disclosures.disclosure.delete"),
    f"{_D}:usage": of("draft", _WRITERS),
    f"{_D}:history": of("draft", _WRITERS),
    f"{_D}:history_results": of("draft", _WRITERS),
    f"{_D}:preview_on_edit": of("draft", _WRITERS),
    f"{_D}:revisions_view": of("draft, revision", _WRITERS),
    f"{_D}:revisions_revert": of("draft, revision", _WRITERS, CHANGE),
    f"{_D}:revisions_compare": of("draft, two versions", _WRITERS),
    f"{_D}:revisions_unschedule": of("scheduled, revision", "reviewer", PUBLISH),
    f"{_D}:unpublish": of("public", "reviewer", PUBLISH, acts={"withdraw": Act({"reason": "写错了"}, "reviewer", PUBLISH)}),
    f"{_D}:lock": of("draft", "reviewer", LOCK, page=ONLY_POST, acts={"lock": Act({}, "reviewer", LOCK)}),
    f"{_D}:unlock": of("draft", "reviewer", page=ONLY_POST, acts={"unlock": Act({}, "reviewer", "disclosures.disclosure.unlock")}),
    f"{_D}:workflow_action": of("to approve, step", "reviewer"),
    f"{_D}:collect_workflow_action_data": of("to approve, step", "reviewer"),
    f"{_D}:confirm_workflow_cancellation": of("to approve", EVERY),  # a question; what cancels is the form
    f"{_D}:workflow_preview": of("to approve, task", "reviewer"),
    f"{_D}:workflow_history": of("to approve", _WRITERS),
    f"{_D}:workflow_history_detail": of("to approve, review", _WRITERS),
    "disclosure_read_table": listing(_WRITERS, page=ONLY_POST, others=ONLY_POST, acts={"read": Act({"text": "a"}, _WRITERS)}),
    "disclosure_item_guide": listing(_WRITERS, page=GONE),
    "disclosure_plain_new": listing(_WRITERS),
    "disclosure_plain": of("draft", _WRITERS, CHANGE),
    "mask_draft": of("draft", _WRITERS, page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST, acts={"mask": Act({}, _WRITERS, CHANGE)}),
    "masked_original": of("original", "reviewer administrator", "disclosures.maskedoriginal.view", others=GONE),
    "restore_original": of(
        "original", "reviewer administrator", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST,
        acts={"restore": Act({}, "reviewer administrator", "disclosures.maskedoriginal.restore")},
    ),
    "review_text": of(
        "to sign", EVERY, VIEW,
        acts={
            "sign": Act({"act": "sign"}, "signer", "disclosures.signature.add"),
            "approve": Act({"act": "approve"}, "reviewer", PUBLISH),
            "return": Act({"act": "return", "comment": "请改"}, "signer"),
            "record": Act({"act": "record", "names": "甲", "signed_on": "2026-10-12"}, "clerk", "disclosures.signature.record"),
        },
    ),
    "review_sheet": of("to sign", EVERY, VIEW),
    "signing_rules": listing(EVERY, "disclosures.signingrule.view", acts={"add": Act({"source": "x"}, "administrator", "disclosures.signingrule.add")}),
    "publishing_rules": listing(EVERY, "disclosures.rulesetting.view"),
    "publishing_rule": Row(
        "rule", EVERY, outside="", right="disclosures.rulesetting.view",
        acts={"set": Act({"level": "warn"}, "administrator", "disclosures.rulesetting.change")},
    ),
    "rule_overrides": listing("reviewer supervisor administrator auditor", "disclosures.ruleoverride.view"),
}  # fmt: skip
