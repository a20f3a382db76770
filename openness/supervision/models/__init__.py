from .acts import Exemption, Extension, NilDeclaration, Waiver
from .ledger import Duty, LedgerField, Obligation, State, Tally

__all__ = ["Duty", "Exemption", "Extension", "LedgerField", "NilDeclaration", "Obligation", "State", "Tally", "Waiver"]
