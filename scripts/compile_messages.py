"""Compile the Chinese words of site/locale into the files that Django reads: `make messages`. No gettext tools needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for source in (Path(__file__).resolve().parents[1] / "site" / "locale").rglob("*.po"):
    with source.open("rb") as words, source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(words))
