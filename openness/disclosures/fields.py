from typing import TypeVar

from django.db import models

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class QuietForeignKey(models.ForeignKey[_Set, _Get]):
    """A foreign key that Wagtail's reference index passes over.

    A row a key a save would add fifteen million rows a year to a province, and answers no question that a join does not.
    """

    wagtail_reference_index_ignore = True


class QuietOneToOneField(models.OneToOneField[_Set, _Get]):
    """The same for a row that belongs to another: it is no use of it."""

    wagtail_reference_index_ignore = True
