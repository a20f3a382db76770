"""帮助: the clerk's handbook, one page in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    return render(request, "supervision/admin/handbook.html")
