"""How often somebody may ask; counted as participation counts, by keyed hashes of the day."""

from datetime import timedelta

from openness.participation.services.knocks import Limit

BY_ORIGIN = Limit("subscribe-origin", 20, timedelta(hours=1))
BY_MAILBOX = Limit("subscribe-mailbox", 5, timedelta(days=1))
