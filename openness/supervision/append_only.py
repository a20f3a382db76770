"""Triggers that refuse UPDATE and DELETE on the history of rectification orders; the migration asks for them by these names."""

from openness.disclosures.append_only import AppendOnly

_HISTORY = AppendOnly(
    "supervision_rectificationevent", "rectification", "rectification_history_is_append_only", "history is append-only"
)  # fmt: skip
add_triggers, drop_triggers = _HISTORY.add_triggers, _HISTORY.drop_triggers
