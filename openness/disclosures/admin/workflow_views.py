"""Wagtail's workflow buttons, with a sentence about what came of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from wagtail.snippets.views.snippets import WorkflowActionView

from .review import say_what_came_of_it


class ActionView(WorkflowActionView):
    """A form that is not valid is told also to those who post it without a script."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = self.form_class(request.POST) if self.form_class else None
        if form is not None and not form.is_valid() and request.headers.get("x-requested-with") != "XMLHttpRequest":
            for sentence in (one for errors in form.errors.values() for one in errors):
                messages.error(request, sentence)
        answer = super().post(request, *args, **kwargs)
        if self.action_name == "approve":
            say_what_came_of_it(request, self.object)
        return answer
