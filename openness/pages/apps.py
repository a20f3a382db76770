from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from search.registry import TermSource, exclude, register_terms

_MOST_OFFERED = 100


class PagesConfig(AppConfig):
    name = "openness.pages"
    label = "pages"
    verbose_name = _("页面")

    def ready(self) -> None:
        from . import search
        from .kinds import AnnualReportsPage, GuidePage, OpennessPage, OpennessTextPage, StatutoryPage, TextPage

        exclude(self.get_model("HomePage"), "nothing of its own to find")
        search.register([GuidePage, TextPage, OpennessPage, OpennessTextPage, StatutoryPage, AnnualReportsPage])
        register_terms(self.often_terms)
        post_save.connect(_ask_terms, sender=self.get_model("HomePage"))

    def often_terms(self) -> Iterator[TermSource]:
        """What editors put under the search box is offered first."""
        from .models import HomePage

        for words in HomePage.objects.live().values_list("often", flat=True):
            for word in words.split():
                yield TermSource(word, _MOST_OFFERED, _("大家常查"))


def _ask_terms(**_kwargs: Any) -> None:
    from search.suggest.refresh import ask_refresh

    ask_refresh()
