from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    """Tell me when something new is published: by e-mail, Atom and JSON Feed."""

    name = "openness.subscriptions"
    label = "subscriptions"
    verbose_name = _("订阅")
