"""An office never locks itself out: somebody who can keep accounts is left after every change."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prongsai.web.agencies.queries.powers import keepers_on
from prongsai.web.agencies.scope import Scope


@contextmanager
def keeper_stays(scope: Scope, field: str, *, after: date | None = None) -> Iterator[None]:
    """Refuse what is done inside when it leaves nobody who can keep accounts, today or on a day after.

    Use it inside a transaction. field: beside which field of a form the refusal stands.
    """
    days = {scope.today} | ({after} if after and after > scope.today else set())
    had = {day for day in days if keepers_on(scope.agency, day).exists()}
    yield
    if any(not keepers_on(scope.agency, day).exists() for day in had):
        raise ValidationError({field: _("ทำไม่ได้: จะไม่เหลือผู้ดูแลระบบที่มีบัญชี ให้แต่งตั้งผู้ดูแลระบบคนใหม่ก่อน")})
