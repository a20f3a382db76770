"""The building pieces of a page that editors compose."""

from .body import PageBody
from .links import LinkBlock, LinksBlock, shown_links

__all__ = ["LinkBlock", "LinksBlock", "PageBody", "shown_links"]
