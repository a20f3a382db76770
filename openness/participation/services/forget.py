"""What is kept no longer than needed (个人信息保护法 art. 19): contacts some time after the answer, counts of attempts after a day."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openness.disclosures.rules.personal import mask

from ..models import Contact, Knock, Submission
from .knocks import KEPT

_BATCH = 500


def forget() -> int:
    """Delete contacts, mask the texts, drop old counts; by batches, so that no transaction is long.

    Returns:
        How many submissions were stripped of personal data.
    """
    now, done = timezone.now(), 0
    Knock.objects.filter(since__lt=now - KEPT - KEPT).delete()
    old = Submission.objects.filter(answered_at__lt=now - timedelta(days=settings.SUBMISSION_CONTACT_DAYS), forgotten_at=None)
    while batch := list(old.only("pk", "text", "public_text")[:_BATCH]):
        with transaction.atomic():
            Contact.objects.filter(submission__in=batch).delete()
            for row in batch:
                row.text, row.forgotten_at = row.public_text or mask(row.text), now
            Submission.objects.bulk_update(batch, ["text", "forgotten_at"])
        done += len(batch)
    return done
