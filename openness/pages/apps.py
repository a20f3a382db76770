from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "openness.pages"
    label = "pages"
    verbose_name = _("页面")

    def ready(self) -> None:
        from search.registry import exclude

        for model in (self.get_model("HomePage"), self.get_model("TextPage")):
            exclude(model, "home, help and statements: few, and linked from every page")
