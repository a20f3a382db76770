"""The file of a policy: kept as an attachment, read into text by the reader of attachments."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from openness.disclosures.extraction import State
from openness.disclosures.extraction.outside import extract_outside
from openness.disclosures.models import Attachment
from openness.disclosures.services.attachment_texts import reading_limits
from openness.disclosures.services.local_files import uploaded_path
from openness.units.models import Unit
from openness.units.refusal import Refused

from ..models import FileUse

_SECONDS = 20.0  # a person waits for it
_ENDINGS = (".doc", ".docx", ".wps", ".pdf", ".txt", ".xls", ".xlsx", ".ofd", ".jpg", ".png")


def read_upload(upload: UploadedFile[Any]) -> str:
    """The words of a Word, PDF or text file; "" for a scan and for what cannot be read.

    Raises:
        Refused: locked, damaged or too large, with what to do.
    """
    with uploaded_path(upload) as path:
        found = extract_outside(path, reading_limits(_SECONDS))
    if found.state in (State.ENCRYPTED, State.DAMAGED, State.TOO_LARGE):
        raise Refused(found.sentence)
    return "\n".join(page.text for page in found.pages if page.text.strip())


def keep_upload(upload: UploadedFile[Any], unit: Unit, user: Any = None) -> Attachment:
    """Raises: Refused: not a kind of file that residents can open."""
    name = str(upload.name or "")
    if not name.lower().endswith(_ENDINGS):
        raise Refused(_("附件要是 Word、PDF、表格或者图片。"))
    if (upload.size or 0) > settings.ATTACHMENT_TEXT_MAX_FILE_BYTES:
        raise Refused(_("文件太大，请拆成几个，或者压小一些。"))
    upload.seek(0)
    return Attachment.objects.create(title=name.rsplit(".", 1)[0][:200], file=upload, unit=unit, uploaded_by_user=user)


def is_shown(file: Attachment) -> bool:
    """Whether a public policy or interpretation shows it."""
    return FileUse.objects.filter(attachment=file).exists()


def attachments_of(keys: list[int]) -> list[Attachment]:
    """In the order of the keys; what is gone is left out."""
    found = Attachment.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]
