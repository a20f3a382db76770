"""WSGI entry point, as `scripts/serve` starts it: `granian --interface wsgi config.wsgi:application` with `site` on the path."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django = get_wsgi_application()

from openness.pagecache.front import Front  # noqa: E402
from search.drain import start_drain  # noqa: E402

from .heap import freeze_heap  # noqa: E402
from .housekeeping import start_housekeeping  # noqa: E402
from .words import remember_words  # noqa: E402

application = Front(django)
remember_words()
freeze_heap()

if start_drain() is not None:  # one process does everything: an embedded engine says so
    start_housekeeping()
