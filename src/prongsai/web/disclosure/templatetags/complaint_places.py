"""What the pages of statistics and guideline tell of their publication: ``{% tally_places tally as places %}``."""

from django import template

from prongsai.web.disclosure.queries.complaints import (
    guideline_places,
    may_publish_guideline,
    may_publish_tally,
    tally_places,
)

register = template.Library()
register.simple_tag(tally_places)
register.simple_tag(guideline_places)
register.simple_tag(may_publish_tally)
register.simple_tag(may_publish_guideline)
