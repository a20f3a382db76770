"""The kinds of pages that editors compose."""

from .home import HomePage
from .openness import AnnualReportsPage, OpennessPage, OpennessTextPage, StatutoryPage
from .text import GuidePage, TextPage

__all__ = ["AnnualReportsPage", "GuidePage", "HomePage", "OpennessPage", "OpennessTextPage", "StatutoryPage", "TextPage"]
