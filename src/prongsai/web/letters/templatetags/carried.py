"""The letter of a report or an assignment memo, for their pages: ``{% carrier_of scope report as carrier %}``."""

from django import template

from prongsai.web.letters.queries.carried import carrier_of

register = template.Library()
register.simple_tag(carrier_of)
