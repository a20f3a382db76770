"""Files that no row knows: an upload was cut off between the file and its row. Swept after a day."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import FileField
from django.utils import timezone

logger = logging.getLogger(__name__)
FOLDERS = ("documents", "original_images", "images")  # where Wagtail puts documents, photographs and their renditions
_OLD, _LOOKED_BACK = timedelta(days=1), timedelta(days=30)
_FEW = 100


def sweep_stray_files() -> int:
    """Delete files of uploads of the last thirty days that are older than a day and that no row of any model names.

    More than a tenth of them (and more than a hundred) are not swept but reported: it is more likely that the database is not the one
    that belongs to these files, as after an older one was restored.

    Returns:
        How many were deleted.
    """
    root = Path(settings.MEDIA_ROOT)
    found = set(_old_names(root))
    stray = found - set(_named(found))
    if len(stray) > max(_FEW, len(found) // 10):
        logger.error("%d of %d uploaded files belong to no row; none was deleted", len(stray), len(found))
        return 0
    for name in stray:
        (root / name).unlink(missing_ok=True)
    return len(stray)


def _old_names(root: Path) -> Iterator[str]:
    now = timezone.now().timestamp()
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.is_file() and _OLD.total_seconds() < now - path.stat().st_mtime < _LOOKED_BACK.total_seconds():
                yield path.relative_to(root).as_posix()


def _named(names: set[str]) -> Iterator[str]:
    """Those that a row of any model names. One pass over each table with files."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and names:
                rows: Any = model._base_manager.values_list(field.attname, flat=True)
                yield from (name for name in rows.iterator(chunk_size=2000) if name in names)
