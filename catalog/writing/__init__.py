"""Writing catalogues back as the official spreadsheet; what `catalog.reading` reads, this writes without loss."""

from .sheets import SheetToWrite, sheet_to_write
from .workbook import write_catalogue

__all__ = ["SheetToWrite", "sheet_to_write", "write_catalogue"]
