"""The building pieces of a disclosure's body."""

from .body import Body, Sheet
from .element import ElementBlock, ElementValue
from .finance import Entry, FinanceBlock, FinanceValue
from .ledger import FINANCE_TABLES, LEDGERS, FlowBlock, LedgerValue, PlanBlock, StockBlock
from .rows import RowsBlock
from .words import PhotoBlock, TextBlock

__all__ = [
    "FINANCE_TABLES",
    "LEDGERS", "Body", "ElementBlock", "ElementValue", "Entry", "FinanceBlock", "FinanceValue", "FlowBlock", "LedgerValue", "PhotoBlock",
    "PlanBlock", "RowsBlock", "Sheet", "StockBlock", "TextBlock",
]  # fmt: skip
