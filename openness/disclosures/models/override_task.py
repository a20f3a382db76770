"""放行 in the review: what a task that publishes needs in order to ask for the reviewer's reason. `UnitReviewTask` only inherits it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.forms import TaskStateCommentForm

from ..rules.issue import Issue, PublishRefused


class ApproveForm(TaskStateCommentForm):
    """意见 and, where a rule is broken (the page says so by `must_say`), 放行的理由."""

    must_say = forms.BooleanField(required=False, widget=forms.HiddenInput)
    let_through = forms.CharField(
        label=gettext_lazy("放行的理由"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写明为什么不改也能公开；会和您的名字一起记下来，不能删改。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("must_say") and not (data.get("let_through") or "").strip():
            self.add_error("let_through", _("上面的规则没有改好：要放行，请写明理由；不放行，请退回修改。"))
        return data


class LetsThrough:
    """Mixed in front of a task."""

    def get_form_for_action(self, action: str) -> Any:
        return ApproveForm if action == "approve" else super().get_form_for_action(action)  # type: ignore[misc]

    def get_template_for_action(self, action: str) -> str:
        return "disclosures/admin/check_approve.html" if action == "approve" else super().get_template_for_action(action)  # type: ignore[misc]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Publishing itself writes the rows, if this approval publishes."""
        from ..services.override import letting_through

        reason = str(kwargs.pop("let_through", "") or "")
        kwargs.pop("must_say", None)
        try:
            with letting_through(reason if action_name == "approve" else ""):
                return super().on_action(task_state, user, action_name, **kwargs)  # type: ignore[misc]
        except PublishRefused as refused:
            raise _with_the_way_on(refused) from refused


def _with_the_way_on(refused: PublishRefused) -> PublishRefused:
    if not all(issue.overridable for issue in refused.issues):
        return refused
    return PublishRefused([*refused.issues, Issue("", _("要放行，请点“写意见并通过”，写明放行的理由；不然请退回修改。"))])
