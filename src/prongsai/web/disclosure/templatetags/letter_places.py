"""What the page of a letter tells of its publication: ``{% letter_places letter as places %}``."""

from django import template

from prongsai.web.disclosure.queries.letters import may_publish_letter, places_of

register = template.Library()
register.simple_tag(places_of, name="letter_places")
register.simple_tag(may_publish_letter)
