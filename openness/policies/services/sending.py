"""What a department's program sends: checked by the clerk's own form, stored as a draft, answered the same when it is sent again."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from openness.pagecache.topics import changing

from ..forms import PolicyForm
from ..models import DepartmentToken, Policy, Sending
from .duplicates import duplicates
from .entry import enter
from .files import keep_upload, read_upload

_LISTS = ("audiences", "needs", "covers")
_LINES = ("replaces", "questions", "tags")
_NUMBERS = ("least_age", "most_age")
FIELDS = frozenset(PolicyForm.base_fields)
KNOWN = FIELDS | {"file"}
_LONGEST_KEY = 80
Faults = dict[str, list[str]]


class Invalid(Exception):
    """`faults`: field -> sentences."""

    def __init__(self, faults: Faults, status: int = 400) -> None:
        self.faults, self.status = faults, status
        super().__init__(str(faults))


@dataclass(frozen=True)
class Answer:
    body: dict[str, Any]
    status: int


def take_in(token: DepartmentToken, body: bytes, key: str = "") -> Answer:
    """Store one policy as a draft. Sent again with the same key and body: the first answer, nothing stored.

    Raises:
        Invalid: what is wrong, by field; 409 for a key that was used with another body.
        Refused: the file cannot be read.
    """
    key, digest = key.strip(), hashlib.sha256(body).hexdigest()
    if len(key) > _LONGEST_KEY:
        raise Invalid({"Idempotency-Key": [_("最长 80 个字符。")]})
    if known := _known(token, key, digest):
        return known
    data = _parsed(body)
    try:
        with transaction.atomic(), changing(()):
            return _stored(token, data, key, digest)
    except IntegrityError:  # the same key at the same moment: the other one was first
        if known := _known(token, key, digest):
            return known
        raise


def _known(token: DepartmentToken, key: str, digest: str) -> Answer | None:
    sent = Sending.objects.filter(token=token, key=key).first() if key else None
    if sent is not None and sent.body != digest:
        raise Invalid({"Idempotency-Key": [_("这个键报过别的内容，请换一个。")]}, 409)
    return Answer(sent.answer, 200) if sent else None


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except ValueError as fault:
        raise Invalid({"": [_("来的不是 JSON，或者不是 UTF-8。")]}) from fault
    if not isinstance(data, dict):
        raise Invalid({"": [_("最外层要是一个对象 {…}。")]})
    if unknown := sorted(set(data) - KNOWN):
        raise Invalid({name: [_("没有这一项。")] for name in unknown})
    return data


def _stored(token: DepartmentToken, data: Mapping[str, Any], key: str, digest: str) -> Answer:
    values = _values(data)
    upload = _upload(data.get("file"))
    if upload is not None and not values.get("text"):
        values["text"] = read_upload(upload)
    form = PolicyForm(values, unit=token.unit)
    if not form.is_valid():
        raise Invalid({name: [str(said) for said in sentences] for name, sentences in form.errors.items()})
    files = [keep_upload(upload, token.unit).pk] if upload is not None else []
    policy = enter(token.unit, {**form.columns(), "files": files}, department=token.department)
    answer = _answer(policy)
    if key:
        Sending.objects.create(token=token, key=key, body=digest, policy=policy, answer=answer)
    return Answer(answer, 201)


def _answer(policy: Policy) -> dict[str, Any]:
    found = [
        {"id": one.policy.pk, "title": one.policy.title, "number": one.policy.number, "why": one.why, "public": one.policy.live}
        for one in duplicates(policy, policy)
    ]
    said = _("好像已经有了。存成了草稿，由{unit}定：是新版本、不是同一份，还是不要了。") if found else _("存成了草稿，由{unit}审核公开。")
    return {
        "id": policy.pk, "state": "draft", "url": settings.SITE_URL + reverse("policy_desk", args=[policy.pk]), "duplicates": found,
        "message": said.format(unit=policy.unit),
    }  # fmt: skip


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    """As a form posts them. Raises: Invalid for a value of the wrong kind."""
    faults: Faults = {}
    values = {name: _value(name, data[name], faults) for name in FIELDS if data.get(name) is not None}
    if faults:
        raise Invalid(faults)
    values.setdefault("tier", "county")
    values.setdefault("genre", "notice")
    return values


def _value(name: str, value: Any, faults: Faults) -> Any:
    if name in _NUMBERS and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if name in _LISTS + _LINES:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return "\n".join(value) if name in _LINES else value
        faults[name] = [_('要是文字的列表，像 ["…"]。')]
    elif name in _NUMBERS:
        faults[name] = [_("要是整数。")]
    elif isinstance(value, str):
        return value
    else:
        faults[name] = [_("要是文字。")]
    return ""


def _upload(file: Any) -> SimpleUploadedFile | None:
    """Raises: Invalid."""
    if file is None:
        return None
    name, content = (file.get("name"), file.get("content")) if isinstance(file, dict) else (None, None)
    if not (isinstance(name, str) and name.strip() and isinstance(content, str)):
        raise Invalid({"file": [_("要有 name（文件名）和 content（Base64）。")]})
    try:
        return SimpleUploadedFile(name.strip().replace("/", "_")[-120:], base64.b64decode(content, validate=True))
    except (binascii.Error, ValueError) as fault:
        raise Invalid({"file": [_("content 不是 Base64。")]}) from fault
