"""Files of the own unit only, and no number of a person among the words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from openness.disclosures.rules import Issue
from openness.disclosures.rules.personal import Severity, find

from .rule import Facts, GuideRule, rows_of

if TYPE_CHECKING:
    from ..models import ServiceGuide

_WORDS = ("name", "also_called", "basis", "conditions", "place", "hours", "fee", "fee_basis", "result")


class OwnFiles(GuideRule):
    """Blank forms and samples are the unit's own or the site's; what is kept private stays so."""

    code = "files"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        for row in rows_of(guide.materials):
            for name, what in (("blank", _("空表")), ("sample", _("样表"))):
                file = facts.files.get(row[name].pk) if row[name] else None
                if file and (file.private or file.unit_id not in (None, guide.unit_id)):
                    yield self.issue(
                        "materials",
                        _("“{material}”的{what}不是本单位公开的附件。").format(material=row["name"], what=what),
                        _("换成本单位的附件。"),
                    )


class NoPersonalNumbers(GuideRule):
    """Telephones of the office, which may be mobile ones, stand in fields of their own and may be said again."""

    code = "personal"

    def issues(self, guide: "ServiceGuide", facts: Facts) -> Iterator[Issue]:
        office = f"{guide.phone} {guide.complaint_phone}"
        for column, words in _places(guide):
            for one in find(words):
                if one.severity is Severity.BLOCK and words[one.start : one.end] not in office:
                    yield self.issue(column, _("{masked} {says}").format(masked=one.masked, says=one.sentence), _("删掉，或者换成编的。"))


def _places(guide: "ServiceGuide") -> Iterator[tuple[str, str]]:
    for column in _WORDS:
        yield column, getattr(guide, column)
    for column in ("materials", "steps", "questions"):
        for row in rows_of(getattr(guide, column)):
            yield column, "\n".join(value for value in row.values() if isinstance(value, str))
