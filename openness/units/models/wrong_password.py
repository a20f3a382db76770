"""Wrong passwords of the last minutes, so that nobody can go through a list of them."""

from typing import ClassVar

from django.db import models


class WrongPasswords(models.Model):
    """`mark` is a keyed hash of the name that was tried and the address that it was tried from: neither can be read from it."""

    mark = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return str(self.number)
