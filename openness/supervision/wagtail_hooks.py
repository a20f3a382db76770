"""Each screen registers its own hooks."""

from .admin import hooks  # noqa: F401
