"""The legal basis: a law by name, and no article that another has replaced."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalog.rules.basis import cited_in, superseded_sentence
from openness.disclosures.rules import Issue

from .rule import Facts, GuideRule

if TYPE_CHECKING:
    from ..models import ServiceGuide


class BasisInForce(GuideRule):
    code = "basis"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        cited = list(cited_in(guide.basis))
        if guide.basis.strip() and not cited:
            yield self.issue("basis", _("设定依据里没有写是哪部法规。"), _("写《法规名称》第几条。"))
        for one in cited:
            law = facts.laws.law(one.law)
            article = facts.laws.article(law, one.number, facts.today) if law and one.number else None
            if article and (sentence := superseded_sentence(article)):
                yield self.issue("basis", sentence, _("照新条文改。"))
