"""Public addresses of what residents send."""

from django.urls import path

from .models import Kind
from .views.board import board, message
from .views.follow import follow
from .views.guide import guide
from .views.write import sent, write

urlpatterns = [
    path("messages/", board, name="messages"),
    path("messages/new/", write, {"kind": Kind.MESSAGE}, name="message_new"),
    path("messages/sent/", sent, name="message_sent"),
    path("messages/follow/", follow, name="message_follow"),
    path("messages/<str:number>/", message, name="message"),
    path("d/<int:pk>/wrong/", write, {"kind": Kind.CORRECTION}, name="correction_new"),
    path("d/<int:pk>/objection/", write, {"kind": Kind.OBJECTION}, name="objection_new"),
    path("requests/", guide, name="requests"),
    path("requests/new/", write, {"kind": Kind.REQUEST}, name="request_new"),
]
