from .delegation import Delegation, HandOver
from .membership import Membership, Role
from .unit import Unit, line_of

__all__ = ["Delegation", "HandOver", "Membership", "Role", "Unit", "line_of"]
