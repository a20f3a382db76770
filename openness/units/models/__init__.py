from .delegation import Delegation, HandOver
from .membership import Membership, Role
from .unit import Unit, line_of
from .wrong_password import WrongPasswords

__all__ = ["Delegation", "HandOver", "Membership", "Role", "Unit", "WrongPasswords", "line_of"]
