"""Loading of the law library that the project ships: names, versions, article numbers and what replaced what."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from ..models import Article, Law, LawVersion
from ..rules.basis import short_law_name

_FILE = Path(__file__).resolve().parents[1] / "data" / "laws.json"


@transaction.atomic
def load_laws() -> None:
    """Idempotent: adds what is missing and links each old article to the one that replaced it."""
    for entry in json.loads(_FILE.read_text(encoding="utf-8")):
        law, _made = Law.objects.get_or_create(name=entry["name"], defaults={"short_name": short_law_name(entry["name"])})
        newest = _load_versions(law, entry["versions"])
        _link_successors(law, entry["versions"], newest)


def _load_versions(law: Law, versions: list[dict[str, Any]]) -> LawVersion:
    for entry in versions:
        version, _made = LawVersion.objects.get_or_create(
            law=law,
            effective_from=date.fromisoformat(entry["effective_from"]),
            defaults={"adopted_on": date.fromisoformat(entry["adopted_on"])},
        )
        for article in entry["articles"]:
            Article.objects.get_or_create(version=version, number=article["number"], defaults={"subject": article["subject"]})
    return version


def _link_successors(law: Law, versions: list[dict[str, Any]], newest: LawVersion) -> None:
    numbers = {article.number: article for article in newest.articles.all()}
    for entry in versions:
        for article in entry["articles"]:
            if "successor" in article:
                Article.objects.filter(version__law=law, version__effective_from=entry["effective_from"], number=article["number"]).update(
                    successor=numbers[article["successor"]]
                )
