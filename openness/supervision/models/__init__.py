from .acts import Exemption, Extension, NilDeclaration, Waiver
from .indicators import Indicator
from .ledger import Duty, LedgerField, Obligation, State, Tally
from .reports import AnnualReport, Notice

__all__ = [
    "AnnualReport", "Duty", "Exemption", "Extension", "Indicator", "LedgerField", "NilDeclaration", "Notice", "Obligation", "State",
    "Tally", "Waiver",
]  # fmt: skip
