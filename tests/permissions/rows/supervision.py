"""The desk, pursuit, scores, reports, what waits for whom."""

from ..row import EVERY, GONE, ONLY_POST, Act, Row, listing, of

_WATCH = "supervisor administrator auditor"
_URGING, _ORDER, _CHECK = "supervision.urging", "supervision.rectification", "supervision.spotcheck"
_NOTICE, _REPORT, _CELL = "supervision.notice", "supervision.annualreport", "supervision.obligation"

ROWS: dict[str, Row] = {
    "supervision_desk": listing(EVERY, f"{_CELL}.view"),
    "supervision_cells": listing(EVERY, f"{_CELL}.view"),
    "supervision_workbook": listing(EVERY, f"{_CELL}.view"),
    "supervision_cell": of(
        "cell", EVERY, f"{_CELL}.view",
        acts={
            "declare": Act({"act": "declare", "reason": "没有"}, "clerk", f"{_CELL}.declare"),
            "undo": Act({"act": "undo"}, "clerk", f"{_CELL}.declare"),
            "waive": Act({"act": "waive", "reason": "x", "day": "2030-01-01"}, "administrator", f"{_CELL}.waive"),
            "extend": Act({"act": "extend", "reason": "x", "day": "2030-01-01"}, "administrator", f"{_CELL}.waive"),
            "exempt": Act({"act": "exempt", "reason": "x", "since": "2026-01-01"}, "administrator", f"{_CELL}.waive"),
        },
    ),
    "todo": listing("clerk"),
    "todo_nil": of("cell", "clerk", f"{_CELL}.declare", others=GONE),
    "handbook": listing(EVERY),
    "review_review": listing(EVERY),
    "review_sign": listing(EVERY),
    "supervision_pursuit": listing(EVERY, f"{_URGING}.view"),
    "supervision_urge": listing(EVERY, page=ONLY_POST, acts={"urge": Act({"cell": "1"}, "supervisor", f"{_URGING}.add")}),
    "supervision_urging": of(
        "urging", EVERY, f"{_URGING}.view",
        acts={
            "answer": Act({"kind": "nil", "reason": "x"}, "clerk", f"{_URGING}.answer"),
            "judge": Act({"judge": "pass", "answer": "1"}, "supervisor", f"{_URGING}.judge"),
        },
    ),
    "supervision_orders": listing(EVERY, f"{_ORDER}.view"),
    "supervision_new_order": listing("supervisor", f"{_ORDER}.add"),
    "supervision_order": of(
        "order", EVERY, f"{_ORDER}.view",
        acts={
            "answer": Act({"step": "answer", "note": "改了"}, "clerk reviewer", f"{_ORDER}.answer"),
            "close": Act({"step": "close", "note": "好"}, "supervisor", f"{_ORDER}.recheck"),
        },
    ),
    "supervision_spot_checks": listing(_WATCH, f"{_CHECK}.view"),
    "supervision_new_spot_check": listing("supervisor", f"{_CHECK}.add"),
    "supervision_spot_check": of("check", _WATCH, f"{_CHECK}.view", others=GONE),
    "supervision_sample": of("sample", "supervisor", others=GONE, acts={"judge": Act({"note": "好"}, "supervisor", f"{_CHECK}.change")}),
    "supervision_findings": listing(EVERY, "supervision.finding.view"),
    "supervision_finding": of(
        "finding", EVERY, page=ONLY_POST, outside=ONLY_POST, acts={"judge": Act({"state": "confirmed"}, "supervisor", "supervision.finding.change")}
    ),
    "supervision_indicators": listing(EVERY, "supervision.indicator.view"),
    "supervision_indicator": Row(
        "indicator", EVERY, outside="", right="supervision.indicator.view",
        acts={"change": Act({"name": "x"}, "supervisor administrator", "supervision.indicator.change")},
    ),
    "supervision_scores": listing(EVERY),
    "supervision_scores_csv": listing(EVERY),
    "supervision_method": listing(EVERY),
    "supervision_script": listing(EVERY),
    "supervision_score": of("place", EVERY),
    "supervision_score_rows": of("place, indicator", EVERY),
    "supervision_notices": listing(_WATCH, f"{_NOTICE}.view"),
    "supervision_notice_draft": listing("", page=ONLY_POST, others=ONLY_POST, acts={"draft": Act({"place": "220204", "period": "2026-Q3"}, "supervisor administrator", f"{_NOTICE}.add")}),
    "supervision_notice": of("notice", _WATCH, f"{_NOTICE}.view", others=GONE, acts={"change": Act({"title": "x"}, "supervisor administrator", f"{_NOTICE}.change")}),
    "supervision_notice_act": of("notice", "", others=ONLY_POST, outside=ONLY_POST, page=ONLY_POST, acts={"issue": Act({"issue": "1"}, "supervisor administrator", f"{_NOTICE}.change")}),
    "supervision_notice_print": of("notice", _WATCH, f"{_NOTICE}.view", others=GONE),
    "supervision_notice_xlsx": of("notice", _WATCH, f"{_NOTICE}.view", others=GONE),
    "supervision_annual": listing(EVERY, f"{_REPORT}.view", acts={"draft": Act({"unit": "220204101201", "year": "2025"}, "clerk", f"{_REPORT}.add")}),
    "supervision_annual_report": of("report", EVERY, f"{_REPORT}.view", acts={"change": Act({}, "clerk reviewer", f"{_REPORT}.change")}),
    "supervision_annual_send": of("report", "", page=ONLY_POST, others=ONLY_POST, outside=ONLY_POST, acts={"send": Act({"item": "1"}, "clerk")}),
}  # fmt: skip
