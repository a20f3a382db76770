"""The approval posted without a script: what is missing in its form is said in words."""

from typing import Any

from django.http import HttpRequest
from wagtail.snippets.views.snippets import WorkflowActionView

from openness.units.refusal import Refused


class ApproveView(WorkflowActionView):
    """Wagtail's shows the errors of the form in its window only; a plain post it sends back without a word."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = self.form_class(request.POST) if self.form_class else None
        if form is not None and request.headers.get("x-requested-with") != "XMLHttpRequest" and not form.is_valid():
            raise Refused(*(str(sentence) for errors in form.errors.values() for sentence in errors))
        return super().post(request, *args, **kwargs)
