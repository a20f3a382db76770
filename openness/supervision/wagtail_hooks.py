from .admin import pursuit, quality

__all__ = ["pursuit", "quality"]
