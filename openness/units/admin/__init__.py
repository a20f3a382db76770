from .memberships import MembershipViewSet, UnitCodeField

__all__ = ["MembershipViewSet", "UnitCodeField"]
