"""What the sign-in pages need to know: ``{% load entry %}``."""

from datetime import timedelta

from django import template

from prongsai.web.agencies import accounts

register = template.Library()


@register.simple_tag
def mail_is_set() -> bool:
    """Whether the installation can send mail: ``{% mail_is_set as has_mail %}``."""
    return accounts.mail_is_set()


@register.filter
def minutes(length: timedelta) -> int:
    """Give a length of time in whole minutes."""
    return round(length / timedelta(minutes=1))
