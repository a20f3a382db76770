"""Each screen registers its own hooks."""

from .admin import hooks, pursuit, quality, report_hooks, todo_hooks

__all__ = ["hooks", "pursuit", "quality", "report_hooks", "todo_hooks"]
