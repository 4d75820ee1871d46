"""The handovers of a person, for their page: ``{% handovers_with scope person as given %}``."""

from django import template

from prongsai.web.handover.queries.handovers import handovers_with, may_begin

register = template.Library()
register.simple_tag(handovers_with)
register.simple_tag(may_begin, name="may_begin_handover")
