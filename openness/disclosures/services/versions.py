"""The public versions of a text, as receipts name them. What residents may see of an older one: docs/adr/0013-what-changed-in-public.md."""

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from wagtail.models import Revision

from ..models.receipt import Receipt, Verb
from ..rules.personal import Severity
from ..rules.personal_data import private
from ..spots import Content, spots
from .masking import hide
from .texts import own_phones

if TYPE_CHECKING:
    from ..models import Disclosure

_HEAD = ("title", "summary", "change_note")
MAKES_PUBLIC = (Verb.PUBLISH, Verb.CORRECT)


def keep_first_version(row: "Disclosure") -> Revision | None:
    """A text that came by a bulk import has no revision: before its first correction its public words become one.

    Its time is the receipt's, which is how it is found again. Numbers of persons are masked in it, as in every revision.
    Call inside the transaction of the correction, before the row changes. Two queries where there is nothing to do: one.
    """
    if not row.live or row.live_revision_id is not None:
        return None
    receipt = row.receipts.filter(verb__in=MAKES_PUBLIC).order_by("-seq").first()
    if receipt is None:
        return None
    content = row.serializable_data()
    words = words_of(content)
    if hide(words, own_phones(row)):
        content |= {name: words[name] for name in _HEAD} | {"body": json.dumps(words["body"], ensure_ascii=False)}
    kept = Revision(
        content_object=row, base_content_type=row.get_base_content_type(), content=content, object_str=words["title"], created_at=receipt.at
    )
    kept.save()
    return kept


def revision_of(receipt: Receipt) -> Any:
    """The revision that this receipt made public; None where it was not kept. One query."""
    rows = receipt.disclosure.revisions
    if receipt.revision:
        return rows.filter(pk=receipt.revision).first()
    return rows.filter(created_at=receipt.at).first()


def words_of(content: Content) -> Content:
    """Title, summary, note and body of a revision's content, as `spots` walks them."""
    return {**{name: content.get(name) or "" for name in _HEAD}, "body": json.loads(content.get("body") or "[]")}


def shown_words(content: Content, phones: frozenset[str]) -> Content:
    """A copy in which nothing private is left: numbers are masked, and so is what may only be private, sign by sign."""
    words = deepcopy(words_of(content))
    hide(words, phones)
    for spot in list(spots(words)):
        places = {place for one in private(spot, phones) if one.severity is Severity.WARN for place in range(one.start, one.end)}
        if places:
            spot.hide(places)
    return words
