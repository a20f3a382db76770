from .admin import report_hooks  # noqa: F401
