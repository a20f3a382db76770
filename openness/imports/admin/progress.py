"""What the progress bar shows, in words and numbers, for the page and for the script that asks again."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import ImportJob

_STILL = timedelta(seconds=15)


def progress_of(job: ImportJob) -> dict[str, Any]:
    """`still`: nothing has moved for a while, perhaps no worker runs: the page offers to do it itself."""
    done, of = job.progress
    return {
        "phase": job.phase,
        "words": _("{phase}：{done} / {of}").format(phase=job.get_phase_display(), done=done, of=of),
        "done": done,
        "of": max(of, 1),
        "at_work": job.at_work and not job.fault,
        "still": job.at_work and (bool(job.fault) or timezone.now() - job.moved_at > _STILL),
    }
