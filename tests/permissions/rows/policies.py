"""政策: the library's staff side, interpretations, cards, keys of departments."""

from ..row import GONE, Act, Row, listing, of, values

_P, _I, _C, _T, _N = "policies.policy", "policies.interpretation", "policies.card", "policies.departmenttoken", "policies.needrule"
_SEE = "clerk reviewer supervisor administrator auditor"
_WORDS = {
    "title": "修路的通知",
    "issuer": "搜登站村",
    "tier": "county",
    "genre": "notice",
    "issued_on": "2026-01-05",
    "text": "一、把路修好，年底以前修完。",
}
_SAID = {"title": "解读", "form": "text", "issuer": "搜登站村", "text": "年底以前把路修好，大家都方便。"}

ROWS: dict[str, Row] = {
    "policies_desk": listing(_SEE, f"{_P}.view"),
    "policy_new": listing(
        "clerk", f"{_P}.add", acts={"enter": Act({"unit": values("place"), **_WORDS}, "clerk", f"{_P}.add", writes="policies_policy", names_place=True)}
    ),
    "policy_desk": of(
        "policy", _SEE, f"{_P}.view", others=GONE,
        acts={
            "send": Act({"act": "send"}, "clerk reviewer", f"{_P}.change", writes="policies_policy"),
            "send back": Act({"act": "send_back", "note": "请补日期"}, "reviewer", f"{_P}.publish", writes="policies_policy"),
            "remove": Act({"act": "remove"}, "clerk", f"{_P}.delete", writes="policies_policy"),
        },
    ),
    "policy_edit": of(
        "policy", "clerk reviewer", sees=_SEE, others=GONE, acts={"change": Act(_WORDS, "clerk reviewer", f"{_P}.change", writes="wagtailcore_revision")}
    ),
    "policy_card": of(
        "policy", "clerk reviewer", f"{_C}.change", sees=_SEE, others=GONE,
        acts={
            "write": Act({"act": "write", "whom": "村民", "whom_from": "s1"}, "clerk reviewer", f"{_C}.change", writes="policies_card"),
            "check": Act({"act": "check", "office": "村委会"}, "clerk reviewer", f"{_C}.check"),
        },
    ),
    "interpretation_new": of("policy", "clerk", sees=_SEE, others=GONE, acts={"write": Act(_SAID, "clerk", f"{_I}.add", writes="policies_interpretation")}),
    "interpretation_desk": of(
        "interpretation", _SEE, f"{_I}.view", others=GONE,
        acts={
            "send": Act({"act": "send"}, "clerk reviewer", f"{_I}.change", writes="policies_interpretation"),
            "send back": Act({"act": "send_back", "note": "请补"}, "reviewer", f"{_I}.publish", writes="policies_interpretation"),
            "remove": Act({"act": "remove"}, "clerk", f"{_I}.delete", writes="policies_interpretation"),
        },
    ),
    "interpretation_edit": of(
        "interpretation", "clerk reviewer", sees=_SEE, others=GONE, acts={"change": Act(_SAID, "clerk reviewer", f"{_I}.change", writes="wagtailcore_revision")}
    ),
    "policy_tokens": listing(
        "administrator auditor", f"{_T}.view",
        acts={
            "issue": Act({"unit": values("place"), "department": "民政局"}, "administrator", f"{_T}.add", writes="policies_departmenttoken", names_place=True),
            "revoke": Act({"revoke": values("department key")}, "administrator", f"{_T}.change", writes="policies_departmenttoken", names_place=True),
        },
    ),
    "policy_need_rules": listing(
        _SEE, f"{_N}.view",
        acts={"add": Act({"unit": "220204", "tier": "county", "genre": "plan", "needed": "yes", "reason": "县里定的"}, "administrator", f"{_N}.add", writes="policies_needrule", names_place=True)},
    ),
}  # fmt: skip
