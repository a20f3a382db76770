from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Disclosures brought in from spreadsheets, and articles of an old site."""

    name = "openness.imports"
    label = "imports"
    verbose_name = _("批量导入")
