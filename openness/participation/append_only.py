"""Triggers that refuse UPDATE and DELETE on the history of submissions; the migration asks for them by these names."""

from openness.disclosures.append_only import AppendOnly

_HISTORY = AppendOnly("participation_event", "submission", "submission_history_is_append_only", "history is append-only")
add_triggers, drop_triggers = _HISTORY.add_triggers, _HISTORY.drop_triggers
