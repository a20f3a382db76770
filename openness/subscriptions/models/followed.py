"""A search that somebody follows; one row however many do."""

from typing import ClassVar

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from search.following import in_words
from search.query import Query, parse


class Followed(models.Model):
    """`address` is the query string in its one order; `mark` its hash, for a unique index of a fixed length."""

    mark = models.CharField(max_length=64, unique=True, editable=False)
    address = models.TextField(_("搜索条件"), blank=True)
    made_at = models.DateTimeField(_("第一次订阅"))
    stopped_at = models.DateTimeField(_("停发时间"), null=True)
    stopped_reason = models.CharField(_("停发原因"), max_length=200, blank=True)
    stopped_by = models.CharField(_("谁停的"), max_length=170, blank=True)

    class Meta:
        verbose_name = _("订阅的搜索")
        verbose_name_plural = _("订阅的搜索")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"?{self.address}"

    @property
    def query(self) -> Query:
        return parse(QueryDict(self.address))

    @property
    def words(self) -> str:
        """松花镇里，含“低保”的新公开. At most one query."""
        return in_words(self.query)
