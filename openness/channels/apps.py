from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    """Other ways a published text reaches people: the board on the wall, WeChat, many villages at once, bundles."""

    name = "openness.channels"
    label = "channels"
    verbose_name = _("公开渠道")

    def ready(self) -> None:
        from openness.disclosures.previews import register_preview
        from openness.disclosures.services.together import register_holder

        from .services import board
        from .services.bundles import Together

        register_preview("board", board.preview())
        register_holder(Together())
