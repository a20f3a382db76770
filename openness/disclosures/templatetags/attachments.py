from django import template

from ..admin.attachments import words_about

register = template.Library()
register.filter("words_about", words_about)
