"""The warning beside a committee, wherever one is used: ``{% load committees %}{% committee_lapse committee %}``."""

from typing import Any

from django import template

from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.queries.lapses import Lapse, lapse_of

register = template.Library()


@register.inclusion_tag("agencies/committee_lapse.html", takes_context=True)
def committee_lapse(context: Any, committee: Committee | None) -> dict[str, Any]:
    """Warn of an order that does not hold today or soon will not; nothing where it holds, or where there is none."""
    scope = context["scope"]
    return {"scope": scope, "lapse": lapse_of(committee, scope.today) if committee else None}


@register.simple_tag(takes_context=True)
def lapse(context: Any, committee: Committee | None) -> Lapse | None:
    """Give what is the matter with an order, for a badge: ``{% lapse committee as found %}``."""
    return lapse_of(committee, context["scope"].today) if committee else None
