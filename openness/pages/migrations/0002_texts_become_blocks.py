"""The text of each page becomes one block of the same words, in the page and in every kept version of it, before the column becomes one of blocks."""

import json
import uuid
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def to_blocks(words: str) -> str:
    """As a stream field stores it; what is one already stays."""
    if _is_stored(words):
        return words
    return json.dumps([{"type": "text", "value": words, "id": str(uuid.uuid4())}] if words.strip() else [], ensure_ascii=False)


def to_words(stored: str) -> str:
    """Back: only texts have words to go back to."""
    if not _is_stored(stored):
        return stored
    return "".join(block["value"] for block in json.loads(stored) if block["type"] == "text")


def _is_stored(words: str) -> bool:
    try:
        return isinstance(json.loads(words), list)
    except ValueError:
        return False


def forwards(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    _change(apps, to_blocks)


def backwards(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    _change(apps, to_words)


def _change(apps: Apps, change: Any) -> None:
    pages = apps.get_model("pages", "TextPage")
    for key, body in list(pages.objects.values_list("pk", "body")):
        pages.objects.filter(pk=key).update(body=change(body))
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for revision in revisions.filter(content_type__app_label="pages", content_type__model="textpage").iterator():
        if "body" in revision.content:
            revision.content["body"] = change(revision.content["body"])
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]
    operations = [migrations.RunPython(forwards, backwards)]
