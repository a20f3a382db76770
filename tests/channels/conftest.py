"""A public text of a village with its signature, photographs and a table; and what its sheet says."""

from ctypes import create_string_buffer
from datetime import date
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.core.files.base import ContentFile
from PIL import Image
from pypdfium2 import raw

from openness.disclosures.models import Disclosure, Photo


def picture(colour: str = "red", size: tuple[int, int] = (400, 300)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def photo(village):
    def make(unit=None, colour="red") -> Photo:
        return Photo.objects.create(title="照片", file=ContentFile(picture(colour), "a.jpg"), unit=unit or village)

    return make


@pytest.fixture
def draft(village, item):
    """As everywhere, of any item."""
    usual = {"title": "2026年第三季度宅基地审批情况", "formed_on": date(2026, 1, 5), "body": [("text", "<p>本季度批准宅基地两户。</p>")]}

    def make(unit=None, author=None, item=item, **columns) -> Disclosure:
        made = Disclosure(unit=unit or village, item=item, live=False, author=author, **{**usual, **columns})
        made.save()
        made.save_revision(user=author)
        return made

    return make


def table(rows: int) -> tuple[str, dict]:
    """A free table with so many households and a sum."""
    lines = [{"values": [f"第{n}户", "10.00"]} for n in range(1, rows + 1)]
    columns = [{"type": "text", "heading": "户主"}, {"type": "money", "heading": "金额"}]
    return ("table", {"caption": "发放名单", "columns": columns, "rows": [*lines, {"values": ["合计", f"{rows * 10}.00"]}]})


class Pdf:
    """What a reader sees of a PDF: pages, words, fonts."""

    def __init__(self, data: bytes) -> None:
        assert data.startswith(b"%PDF-")
        self.data = data
        self.document = pdfium.PdfDocument(data)
        self.pages = len(self.document)
        self.words = ["".join(page.get_textpage().get_text_bounded().split()) for page in self.document]

    @property
    def size(self) -> tuple[int, int]:
        """Of the first page, in millimetres."""
        width, height = self.document[0].get_size()
        return round(width * 0.3528), round(height * 0.3528)

    def fonts(self) -> set[tuple[str, bool]]:
        """Name and whether it is embedded, of every font that draws something."""
        found = set()
        for page in self.document:
            for thing in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(thing.raw)
                length = raw.FPDFFont_GetBaseFontName(font, None, 0)
                name = create_string_buffer(length)
                raw.FPDFFont_GetBaseFontName(font, name, length)
                found.add((name.value.decode(), raw.FPDFFont_GetIsEmbedded(font) == 1))
        return found
