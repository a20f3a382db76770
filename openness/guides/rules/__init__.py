"""Every rule of a guide, in the order of the form."""

from .basis import BasisInForce
from .contradictions import DrawnOut, Fees, OnlineAddress, Phones, VisitsWithoutNet
from .elements import ELEMENTS, Materials
from .personal import NoPersonalNumbers, OwnFiles
from .rule import Facts, GuideRule
from .vague import VagueConditions, VagueMaterials

RULES: tuple[GuideRule, ...] = (
    *ELEMENTS, Materials(), VagueMaterials(), VagueConditions(), BasisInForce(), DrawnOut(), Fees(), Phones(), VisitsWithoutNet(), OnlineAddress(),
    OwnFiles(), NoPersonalNumbers(),
)  # fmt: skip

__all__ = ["RULES", "Facts", "GuideRule"]
