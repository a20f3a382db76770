"""Triggers that refuse UPDATE and DELETE on the records of publication; the migration asks for them by these names."""

from openness.disclosures.append_only import AppendOnly

RECORDS = AppendOnly("policies_record", "policy_record", "policy_records_are_append_only", "records of policies are append-only")
add_triggers, drop_triggers = RECORDS.add_triggers, RECORDS.drop_triggers
