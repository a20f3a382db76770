"""抽查: a random sample that can be drawn again, questions with weights, a score."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openness.disclosures.models import Disclosure
from openness.disclosures.services.receipts import person
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..models import Checklist, Sample, SpotCheck
from ..rules.sampling import draw

YES, NO, NOT_APPLICABLE = "yes", "no", "na"
MOST = 500
_TENTH = Decimal("0.1")


class CheckRefused(Refused):
    """The check cannot be made or judged so; nothing was changed."""


@dataclass(frozen=True)
class Population:
    """Public disclosures of a place and below it, first published from `first` to `last`; of one field (by name) or of all."""

    unit: str
    first: str
    last: str
    field: str = ""

    def rows(self) -> QuerySet[Disclosure]:
        rows = Disclosure.objects.public().below(Unit.objects.get(code=self.unit))
        days = (date.fromisoformat(self.first), date.fromisoformat(self.last))
        rows = rows.filter(first_published_at__date__range=days)
        return rows.filter(item__field__name=self.field) if self.field else rows


def begin(user: Any, name: str, population: Population, size: int, seed: str, checklist: Checklist) -> SpotCheck:
    """Draw the sample and keep what is needed to draw it again.

    Raises:
        CheckRefused: a size out of range, or nothing to draw from.
    """
    if not 1 <= size <= MOST:
        raise CheckRefused(_("抽几条要在 1 到 {n} 之间。").format(n=MOST))
    with transaction.atomic():
        drawn = draw(seed, size, population.rows().values_list("pk", flat=True).iterator())
        if not drawn.sample:
            raise CheckRefused(_("这个范围里没有公开过内容，抽不出来。"))
        made = SpotCheck.objects.create(
            unit=Unit.objects.get(code=population.unit), name=name, seed=seed, size=size, query=asdict(population),
            population=drawn.population, population_hash=drawn.population_hash, questions=_copy(checklist),
            made_by=person(user), made_at=timezone.now(),
        )  # fmt: skip
        _keep(made, drawn.sample)
    return made


def _copy(checklist: Checklist) -> list[dict[str, Any]]:
    return [{"text": question.text, "weight": question.weight} for question in checklist.questions.all()]


def _keep(check: SpotCheck, keys: tuple[int, ...]) -> None:
    units = dict(Disclosure.objects.filter(pk__in=keys).values_list("pk", "unit"))
    rows = enumerate(keys, start=1)
    Sample.objects.bulk_create(Sample(check_of=check, position=n, disclosure_id=key, unit_id=units[key]) for n, key in rows)


def same_sample(check: SpotCheck) -> bool:
    """Whether the population is still what it was, so that drawing again must give the same."""
    drawn = draw(check.seed, check.size, Population(**check.query).rows().values_list("pk", flat=True).iterator())
    return drawn.population_hash == check.population_hash


def judge_sample(sample: Sample, user: Any, answers: Mapping[str, str], note: str = "") -> Sample:
    """Answer every question (by its number, from 0) with yes, no or na; the score follows.

    Raises:
        CheckRefused: a question without an answer, or a "no" without a word.
    """
    questions = sample.check_of.questions
    if any(answers.get(str(n)) not in (YES, NO, NOT_APPLICABLE) for n in range(len(questions))):
        raise CheckRefused(_("每一项都要选。"))
    if NO in answers.values() and not note.strip():
        raise CheckRefused(_("有不合格的，请写明发现了什么。"))
    sample.answers, sample.note = {str(n): answers[str(n)] for n in range(len(questions))}, note.strip()
    sample.score = score([question["weight"] for question in questions], sample.answers)
    sample.judged_by, sample.judged_at = person(user), timezone.now()
    sample.save(update_fields=["answers", "note", "score", "judged_by", "judged_at"])
    return sample


def score(weights: list[int], answers: Mapping[str, str]) -> Decimal | None:
    """Weights of what is right, of 100, to a tenth; what does not apply does not count. None where nothing applies."""
    asked = {n: weight for n, weight in enumerate(weights) if answers.get(str(n)) != NOT_APPLICABLE}
    whole = sum(asked.values())
    if not whole:
        return None
    right = sum(weight for n, weight in asked.items() if answers.get(str(n)) == YES)
    return (Decimal(100) * right / whole).quantize(_TENTH, ROUND_HALF_UP)


def score_of(check: SpotCheck) -> Decimal | None:
    """The mean of what has been judged."""
    return _tenth(check.samples.aggregate(mean=Avg("score"))["mean"])


def scores_by_unit(check: SpotCheck) -> list[tuple[str, int, Decimal | None]]:
    """(unit, how many samples, mean score), in the order of the tree. One query."""
    rows = check.samples.order_by().values("unit__short_name", "unit__path").annotate(number=Count("pk"), mean=Avg("score"))
    return [(row["unit__short_name"], row["number"], _tenth(row["mean"])) for row in rows.order_by("unit__path")]


def _tenth(mean: Any) -> Decimal | None:
    return None if mean is None else Decimal(str(mean)).quantize(_TENTH, ROUND_HALF_UP)
