"""Windows in which an editor picks what a link leads to: units, items and disclosures that everybody may read, and nothing else."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalog.models import Item
from openness.disclosures.models import Disclosure
from openness.units.models import Unit
from openness.units.names import Level


def _disclosures() -> QuerySet[Any]:
    over = Q(comes_down=True, notice_until__lt=timezone.localdate())
    return Disclosure.objects.public().exclude(over).for_lists().newest()


def _items() -> QuerySet[Any]:
    return Item.objects.in_force().select_related("field").order_by("field__position", "position")


def _units() -> QuerySet[Any]:
    return Unit.objects.filter(active=True, level__gte=Level.COUNTY).order_by("path")


# What everybody may read, and by which columns it is found.
PUBLIC: dict[type[Model], tuple[Callable[[], QuerySet[Any]], tuple[str, ...]]] = {
    Disclosure: (_disclosures, ("title", "unit__short_name", "index_number")),
    Item: (_items, ("level1", "level2", "level3")),
    Unit: (_units, ("short_name", "name")),
}


def public(model: type[Model]) -> QuerySet[Any]:
    return PUBLIC[model][0]()


class _ByWords(BaseFilterForm):
    """Every word stands in one of the columns."""

    q = forms.CharField(label=_("找什么"), required=False, max_length=60)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        words = self.cleaned_data["q"].split()[:5]
        self.is_searching, self.search_query = bool(words), " ".join(words)
        for word in words:
            objects = objects.filter(_in_any(PUBLIC[objects.model][1], word))
        return objects


def _in_any(columns: Iterable[str], word: str) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


class _Choose(views.ChooseView):
    filter_form_class = _ByWords


class _Results(views.ChooseResultsView):
    filter_form_class = _ByWords


class _Chosen(views.ChosenView):
    def get_object(self, pk: str) -> Any:
        return public(self.model_class).get(pk=pk if pk.isdigit() else None)


class _ChosenMany(views.ChosenMultipleView):
    def get_objects(self, pks: Iterable[str]) -> QuerySet[Any]:
        return public(self.model_class).filter(pk__in=[pk for pk in pks if pk.isdigit()])


class _NoMaking(views.CreateView):
    """Wagtail has the address whether or not there is a form; whoever may add such a thing elsewhere would meet an error here."""

    def can_create(self) -> bool:
        return False


class PublicChooser(ChooserViewSet):
    choose_view_class, choose_results_view_class = _Choose, _Results
    chosen_view_class, chosen_multiple_view_class = _Chosen, _ChosenMany
    create_view_class = _NoMaking
    choose_another_text, edit_item_text = _("换一个"), _("去看")
    register_widget = False  # forms of other apps keep their own fields
    per_page = 20

    def get_object_list(self) -> QuerySet[Any]:
        return public(self.model)


disclosures = PublicChooser("public_disclosure_chooser", model=Disclosure, icon="doc-full", choose_one_text=_("选一条公开内容"))
items = PublicChooser("public_item_chooser", model=Item, icon="list-ul", choose_one_text=_("选一个公开事项"))
units = PublicChooser("public_unit_chooser", model=Unit, icon="site", choose_one_text=_("选一个单位"))
ALL = (disclosures, items, units)
