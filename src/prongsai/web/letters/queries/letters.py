"""Which letters somebody may see and write, and what a letter says now."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.kinds import LETTER_PAPERS, LetterPaper
from prongsai.web.letters.models import Delivery, Letter, LetterState, LetterText, Step

WRITABLE = (LetterState.DRAFT, LetterState.IN_CHAIN, LetterState.RETURNED)
OVER = (LetterState.REJECTED, LetterState.DROPPED, LetterState.REPLACED)


def letters_of(scope: Scope) -> QuerySet[Letter]:
    """Give the letters that somebody may see, with what they are printed with.

    A secret one is seen by its drafter, by who holds a post of its chain today, and by its readers; by nobody else,
    whatever their role. The software itself (no user) sees all of them: it must not tell of a secret one.
    """
    found = Letter.objects.filter(agency=scope.agency).select_related("agency", "unit", "number", "series", "drafter")
    return found if _is_software(scope) else found.filter(_may_know(scope))


def _is_software(scope: Scope) -> bool:
    return scope.user is None and scope.person is None


def _may_know(scope: Scope) -> Q:
    mine = Step.objects.filter(letter=OuterRef("pk"))
    if scope.person is None:
        return Q(secrecy="")
    steps = mine.filter(Q(post__in=scope.post_ids) | Q(person=scope.person))
    readers = Letter.readers.through.objects.filter(letter_id=OuterRef("pk"), person_id=scope.person.pk)
    return Q(secrecy="") | Q(drafter=scope.person) | Q(Exists(steps)) | Q(Exists(readers))


def newest_text(letter: Letter) -> LetterText:
    """Give what a letter says now."""
    return letter.texts.select_related("made_by").order_by("-number")[0]


def paper_of(letter: Letter) -> LetterPaper:
    """Give the kind of a letter."""
    return LETTER_PAPERS[letter.paper]


def is_drafter(scope: Scope, letter: Letter) -> bool:
    """Whether somebody drafted it, or has taken it over from who did."""
    return scope.person is not None and letter.drafter_id == scope.person.pk


def may_write(scope: Scope, letter: Letter) -> bool:
    """Whether somebody may change what a letter says, now: its drafter, or the unit whose matter it is.

    A secret one only its drafter. Nobody once it is signed, rejected or dropped.
    """
    if letter.state not in WRITABLE or not scope.can(Power.DO_WORK):
        return False
    return is_drafter(scope, letter) or (not letter.secrecy and scope.can_change(letter.unit_id))


def may_deliver(scope: Scope, letter: Letter) -> bool:
    """Whether somebody may enter to whom it goes and when it went: who keeps the registers, or whose letter it is."""
    if letter.state in OVER:
        return letter.state == LetterState.REPLACED and scope.can(Power.KEEP_LETTERS)
    return scope.can(Power.KEEP_LETTERS) or is_drafter(scope, letter) or _is_ours(scope, letter)


def may_receive(scope: Scope, delivery: Delivery) -> bool:
    """Whether somebody may say that a letter got to them: of the unit or the post that it goes to."""
    if delivery.post_id is not None:
        return delivery.post_id in scope.post_ids
    return delivery.unit_id is not None and delivery.unit_id in scope.unit_ids


def _is_ours(scope: Scope, letter: Letter) -> bool:
    return not letter.secrecy and scope.can_change(letter.unit_id)


def may_open_to(scope: Scope, letter: Letter) -> bool:
    """Whether somebody may say who else may know of a secret letter: who drafted it."""
    return bool(letter.secrecy) and is_drafter(scope, letter)


def may_replace(scope: Scope, letter: Letter) -> bool:
    """Whether somebody may begin a letter that takes the place of this one."""
    if letter.state != LetterState.SIGNED or not scope.can(Power.DO_WORK):
        return False
    if letter.superseded_by.exclude(state__in=(LetterState.DROPPED, LetterState.REJECTED)).exists():
        return False
    return is_drafter(scope, letter) or _is_ours(scope, letter)
