"""Public addresses of the board sheets."""

from django.urls import path

from .views.board import board, board_pdf

urlpatterns = [
    path("d/<int:pk>/board/", board, name="board"),
    path("d/<int:pk>/board.pdf", board_pdf, name="board_pdf"),
]
