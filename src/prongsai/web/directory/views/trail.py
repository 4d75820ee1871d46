"""What the installation's pages share: the way to a page, whether its reader has two-step sign-in."""

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.web.directory.models import Operator

Step = str | tuple[str, ...]


def trail_of(*steps: Step) -> list[tuple[str, str]]:
    """Give the way to a page: each step its words, or words, route and arguments; the last is where the user is."""
    way: list[Step] = [(_("เครื่องแม่ข่าย"), "directory:agencies"), *steps]
    return [(step, "") if isinstance(step, str) else (step[0], reverse(step[1], args=step[2:])) for step in way]


def two_step_is_on(operator: Operator) -> bool:
    """Whether an operator signs in by two steps, which is advised to who can make and close agencies."""
    return Authenticator.objects.filter(user=operator.user, type=Authenticator.Type.TOTP).exists()
