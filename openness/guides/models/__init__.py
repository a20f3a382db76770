from .guide import Audience, DayKind, Matter, ServiceGuide, Theme

__all__ = ["Audience", "DayKind", "Matter", "ServiceGuide", "Theme"]
