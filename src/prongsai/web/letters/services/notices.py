"""Mails about a letter: to who is awaited next, to who drafted it. They name no subject of what is secret."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from prongsai.thai.text import collapse
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Endorsement, Letter
from prongsai.web.letters.queries import chain as queries
from prongsai.web.notify import services as notify

SUBJECT_MAX = 200


def tell_next(scope: Scope, letter: Letter) -> None:
    """Tell who may sign next that a letter waits for them; whoever acts at this moment need not be told."""
    step = queries.waiting_step(letter)
    if step is None:
        return
    people = [queries.person_of(one) for one in queries.who_may_sign(step, scope.today)]
    text = _("มีหนังสือรอการพิจารณาของท่าน\n\n%(what)s\n\nเข้าสู่ระบบ แล้วเปิด หนังสือ > รอฉันลงนาม")
    _mail(scope, people, _("รอลงนาม: %(what)s"), text, _named(letter))


def tell_drafter(scope: Scope, letter: Letter, *, by: Endorsement) -> None:
    """Tell who drafted a letter what has become of it."""
    if letter.drafter is None:
        return
    what = f"{_named(letter)} – {by.get_decision_display()}"
    _mail(scope, [letter.drafter], "%(what)s", _("%(what)s\n\nเข้าสู่ระบบเพื่อดูความเห็น"), what)


def _named(letter: Letter) -> str:
    return _("หนังสือลับ ๑ ฉบับ") if letter.secrecy else collapse(letter.subject)


def _mail(scope: Scope, people: Iterable[Person], subject: str, text: str, what: str) -> None:
    for person in people:
        if person.email and person != scope.person:
            told = {"what": what}
            notify.send(scope, to=person.email, subject=(subject % told)[:SUBJECT_MAX], text=text % told)
