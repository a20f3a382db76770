"""Files as paths: what reads them in another process needs a path, and storage may be far away."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def local_copy(file: Any) -> Iterator[tuple[Path, str]]:
    """A copy of a stored file and its SHA-256; the copy is gone afterwards.

    Raises:
        OSError: the file is not there, or there is no room for a copy.
    """
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(prefix="attachment-") as copy, file.storage.open(file.name, "rb") as stored:
        for chunk in stored.chunks():
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name), digest.hexdigest()


@contextmanager
def uploaded_path(upload: Any) -> Iterator[Path]:
    """Where an upload lies: its own temporary file, or a copy of a small one that is only in memory."""
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(prefix="upload-") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        upload.seek(0)
        yield Path(copy.name)
