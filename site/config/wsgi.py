"""WSGI entry point: `gunicorn --pythonpath site config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
application = get_wsgi_application()

from search.drain import start_drain  # noqa: E402

from .heap import freeze_heap  # noqa: E402
from .housekeeping import start_housekeeping  # noqa: E402

freeze_heap()

if start_drain() is not None:  # one process does everything: an embedded engine says so
    start_housekeeping()
