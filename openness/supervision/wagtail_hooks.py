"""Each screen registers its own hooks."""

from .admin import hooks, pursuit, quality

__all__ = ["hooks", "pursuit", "quality"]
