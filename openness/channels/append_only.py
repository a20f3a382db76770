"""Triggers that refuse UPDATE and DELETE on what was put up; the migration asks for them by this name."""

from openness.disclosures.append_only import AppendOnly

POSTINGS = AppendOnly("channels_posting", "posting", "postings_are_append_only", "postings are append-only")
