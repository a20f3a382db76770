"""Tests: a throw-away key, quick hashes, an index and files of their own. The database is real, chosen by DATABASE_URL."""

import os
import tempfile
from pathlib import Path

VAR_DIR = Path(os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="openness-test-")))

from .base import *  # noqa: E402, F403

SECRET_KEY = "only-for-tests"  # noqa: S105
DEMO = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
