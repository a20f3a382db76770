"""What the page of a guide says: the short answer first, then the elements."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from openness.disclosures.services.showing import qr

from ..blocks import FORMS, ISSUERS, ORIGINALS
from ..rules.rule import rows_of

if TYPE_CHECKING:
    from ..models import ServiceGuide

_CHOICES = {"original": ORIGINALS, "form": FORMS, "issuer": ISSUERS}


def guide_context(guide: "ServiceGuide") -> dict[str, Any]:
    address = settings.SITE_URL + guide.get_absolute_url() if guide.pk else ""
    return {
        "guide": guide, "unit": guide.unit, "address": address, "qr": qr(address) if address else "",
        "materials": [_material(guide, row) for row in rows_of(guide.materials)], "steps": list(rows_of(guide.steps)), "questions": list(rows_of(guide.questions)),
        "conditions": [line.strip() for line in guide.conditions.splitlines() if line.strip()], "phones": phones_of(guide.phone),
    }  # fmt: skip


def _material(guide: "ServiceGuide", row: Any) -> dict[str, Any]:
    """The row in words, with the addresses of its files."""
    said = {f"{name}_label": dict(choices).get(row[name], "") for name, choices in _CHOICES.items()}
    urls = {f"{name}_url": file_url(guide, row[name]) if guide.pk and row[name] else "" for name in ("blank", "sample")}
    return {"name": row["name"], "number": row["number"], "when": row["when"], **said, **urls}


def phones_of(written: str) -> list[str]:
    return [one for one in written.replace("，", " ").replace("、", " ").replace(",", " ").split() if one]


def file_url(guide: "ServiceGuide", file: Any) -> str:
    return reverse("guide_file", args=[guide.pk, file.pk])


def files_of(guide: "ServiceGuide") -> dict[int, Any]:
    """The attachments that the public text offers, by key."""
    return {row[name].pk: row[name] for row in rows_of(guide.materials) for name in ("blank", "sample") if row[name]}
