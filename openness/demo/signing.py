"""Who signed on paper for the texts of the demo's villages and communities: invented members of their committees."""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from openness.disclosures.models import Disclosure, SigningRule
from openness.disclosures.services.signing import Paper

from .stories.pace import SEED
from .stories.people import masked_names

_SIGNERS = 2
_EARLIER = timedelta(days=1)


def signed_on_paper(text: Disclosure, rule: SigningRule, at: datetime) -> Paper:
    """The same committee of a unit whenever the demo is built; the day before the text went out, not before it was formed."""
    chance = Random(f"{SEED}-{rule.body}-{text.unit.code}")  # noqa: S311  (a story, not a secret)
    day = max(timezone.localdate(at) - _EARLIER, min(text.formed_on, timezone.localdate(at)))
    return Paper("、".join(masked_names(chance, _SIGNERS)), day, rule.body)
