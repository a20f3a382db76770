from django.apps import AppConfig
from django.core.signals import request_finished
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class PageCacheConfig(AppConfig):
    """Public pages kept in memory, and what makes them old."""

    name = "openness.pagecache"
    label = "pagecache"
    verbose_name = _("网页缓存")

    def ready(self) -> None:
        from .changes import count_alone
        from .watching import watch

        connection_created.connect(watch, dispatch_uid="pagecache")
        request_finished.connect(count_alone, dispatch_uid="pagecache")
