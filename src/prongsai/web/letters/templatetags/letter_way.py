"""The way of a letter, for the section that every page of it includes: ``{% way_of scope letter as way %}``."""

from django import template

from prongsai.web.letters.queries.way import way_of

register = template.Library()
register.simple_tag(way_of, name="way_of")
