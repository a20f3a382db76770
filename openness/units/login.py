"""The limit of wrong passwords at every door: a backend that stands before the others, and the page that says it."""

from typing import Any

from django import forms
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import LoginView

from .origin import came_from
from .services.wrong_passwords import MOST, count_try, forget_tries


class LimitTries:
    """First of the backends. It has no `get_user`, so nobody is ever signed in by it. Commands bring no request and are not counted."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_more: Any) -> None:
        if request is None or username is None:
            return
        number = count_try(username, came_from(request))
        request.tries_used_up = number >= MOST  # type: ignore[attr-defined]
        if number > MOST:
            raise PermissionDenied


@receiver(user_logged_in)
def forget(sender: Any, request: HttpRequest | None, user: Any, **_more: Any) -> None:
    if request is not None and (address := came_from(request)):
        forget_tries(user.get_username(), address)


class LimitedLoginForm(LoginForm):
    def get_invalid_login_error(self) -> forms.ValidationError:
        if getattr(self.request, "tries_used_up", False):
            return forms.ValidationError(_("密码错了太多次，请过 10 分钟再试。"), code="tries_used_up")
        error: forms.ValidationError = super().get_invalid_login_error()
        return error


class LimitedLogin(LoginView):
    """Wagtail's page to sign in, which answers 429 when the tries are used up."""

    def get_form_class(self) -> type[LimitedLoginForm]:
        return LimitedLoginForm

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "tries_used_up"):
            answer.status_code = 429
        return answer
