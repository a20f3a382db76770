"""Passports and passes, private mail addresses, WeChat and QQ: only where the words say so."""

import re
from collections.abc import Iterator

from . import labels
from .kinds import OFFICE, Finding, Kind, Severity, found
from .signs import Words

_PASSPORT = re.compile(r"(?<![A-Za-z0-9])(?:[EGDSPKH]\d{8}|E[A-HJ-NP-Z]\d{7}|[CHMW]\d{8,10}|14\d{7}|15\d{7})(?![A-Za-z0-9])", re.ASCII)
_PASSPORT_LABEL = re.compile(r"护照|通行证|台胞证|回乡证|[Pp]assport")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:qq|vip\.qq|foxmail|163|126|yeah|sina|sohu|139|189|wo|aliyun|gmail|outlook|hotmail|live|icloud)"
    r"\.(?:com|cn|net)(?![A-Za-z0-9])"
)
_HANDLE = re.compile(
    r"(?:微信(?:号码|号|ID|id)|(?:个人|本人)?微信|[Ww]e[Cc]hat|[Vv]信)(?:是|为)?[ :(]{0,3}(?=([A-Za-z][A-Za-z0-9_-]{5,19}))"
    r"|(?<![A-Za-z])(?:QQ|qq|Qq)(?:号码|号)?(?:是|为)?[ :(]{0,3}(?=([1-9]\d{4,10}(?!\d)))"
)
_GROUP = re.compile(r"群[ :]*$|公众号")
_OFFICE_MAIL = re.compile(r"(?:办公|公共|监督|举报|咨询|投稿|意见|征集|反馈|受理|公开|单位)[^,。;\n]{0,6}(?:邮箱|信箱|邮件)")
_WINDOW = 40


def passports(words: Words) -> Iterator[Finding]:
    for match in _PASSPORT.finditer(words.letters):
        start, end = match.span()
        if _PASSPORT_LABEL.search(words.before(start, 20)):
            masked = match[0][:2] + "*" * (len(match[0]) - 4) + match[0][-2:]
            yield found(Kind.PASSPORT, Severity.BLOCK, (start, end), masked, hidden=range(start + 2, end - 2))


def mail_addresses(words: Words) -> Iterator[Finding]:
    """Free mail only: an address of an office's own domain is meant to be written to."""
    for match in _MAIL.finditer(words.letters):
        start, (name, _at, host) = match.start(), match[0].partition("@")
        shown = 1 if len(name) > 1 else 0
        hidden = range(start + shown, start + len(name))
        yield _reachable(words, Kind.EMAIL, match.span(), f"{name[:shown]}{'*' * len(hidden)}@{host}", hidden)


def handles(words: Words) -> Iterator[Finding]:
    for match in _HANDLE.finditer(words.letters):
        group = 1 if match[1] else 2
        start, end = match.span(group)
        if not _GROUP.search(words.before(start, 12)):
            yield _reachable(words, Kind.ACCOUNT, (start, end), match[group][:2] + "*" * (end - start - 2), range(start + 2, end))


def _reachable(words: Words, kind: Kind, span: tuple[int, int], masked: str, hidden: range) -> Finding:
    before = words.before(span[0], _WINDOW)
    public = labels.is_of_office(before) or _OFFICE_MAIL.search(before)
    severity, remark = (Severity.NOTE, OFFICE) if public else (Severity.WARN, "")
    return found(kind, severity, span, masked, hidden=hidden, remark=remark)
