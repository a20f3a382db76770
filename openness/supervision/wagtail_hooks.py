"""Each screen registers its own hooks."""

from .admin import hooks, menu, pursuit, quality, report_hooks, review_hooks, todo_hooks

__all__ = ["hooks", "menu", "pursuit", "quality", "report_hooks", "review_hooks", "todo_hooks"]
