"""Windows to choose links in, for whoever edits pages."""

from wagtail import hooks

from . import choosers


@hooks.register("register_admin_viewset")
def public_choosers() -> list[choosers.PublicChooser]:
    return list(choosers.ALL)
