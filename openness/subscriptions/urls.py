"""Public addresses of subscriptions."""

from django.urls import path

from .views.mine import confirm, mine, none, stop
from .views.subscribe import sent, subscribe

urlpatterns = [
    path("subscriptions/new/", subscribe, name="subscription_new"),
    path("subscriptions/sent/", sent, name="subscription_sent"),
    path("subscriptions/none/", none, name="subscriptions_none"),
    path("subscriptions/confirm/<str:token>/", confirm, name="subscription_confirm"),
    path("subscriptions/stop/<str:token>/", stop, name="subscription_stop"),
    path("subscriptions/mine/<str:token>/", mine, name="subscriptions_mine"),
]
