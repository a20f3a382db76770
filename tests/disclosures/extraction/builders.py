"""Files made by the programs and libraries that people use; in `files/` what LibreOffice wrote in the formats of 1997."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from PIL import Image
from pptx import Presentation
from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

OLD = Path(__file__).parent / "files"
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def pdf(path: Path, *pages: list[str]) -> Path:
    """A page a list, a line a string."""
    canvas = Canvas(str(path))
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(50, 800 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def scanned_pdf(path: Path, pages: int = 3) -> Path:
    canvas = Canvas(str(path))
    for number in range(pages):
        canvas.drawImage(ImageReader(Image.new("RGB", (200, 280), "lightgrey")), 50, 50)
        canvas.drawString(280, 20, str(number + 1))
        canvas.showPage()
    canvas.save()
    return path


def locked_pdf(path: Path, source: Path, password: str, owner: str | None = None) -> Path:
    writer = PdfWriter(clone_from=source)
    writer.encrypt(password, owner_password=owner, algorithm="AES-256")
    writer.write(path)
    return path


def word(path: Path, *paragraphs: str, table: list[list[str]] | None = None) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                grid.cell(row, column).text = cell
    document.save(str(path))
    return path


def locked_word(path: Path) -> Path:
    """What Word writes when asked for a password: an OLE container with a stream EncryptedPackage."""
    plain = word(path.with_suffix(".plain"), "低保名单")
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    return path


def excel(path: Path, **sheets: list[list[object]]) -> Path:
    """Sheets by their names; one called 隐藏 is hidden."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == "隐藏" else "visible"
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def slides(path: Path, *titles: str) -> Path:
    show = Presentation()
    for title in titles:
        show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = title
    show.save(str(path))
    return path


def with_part(path: Path, source: Path, name: str, content: bytes) -> Path:
    """A copy of a zipped document with one part exchanged."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return path


def zip_bomb(path: Path, megabytes: int) -> Path:
    """A document whose main part is zeroes: a thousandth of its size on disk."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _number in range(megabytes):
            part.write(bytes(1 << 20))
    return path


def locked_zip(path: Path) -> Path:
    """The bit that says "encrypted" set in the list of entries, as archivers do."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    raw = bytearray(out.getvalue())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    return path
