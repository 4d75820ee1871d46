"""Finding an agency in the list of codes by a part of its name, its code, or where it is."""

from django.db.models import QuerySet

from prongsai.thai.agencies import KINDS
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Agency
from prongsai.web.directory.models import CodeList, Listed

_SHORT = {fold(kind.short): fold(kind.name) for kind in KINDS if kind.short}


def found_by(text: str) -> QuerySet[Listed]:
    """Give what the newest list has that holds every word of a text; with none of them for no text."""
    found = Listed.objects.standing().select_related("listed_in")
    words = [_spelt_out(word) for word in text.split()]
    if not words:
        return found.none()
    for word in words:
        found = found.filter(search__contains=word)
    return found


def _spelt_out(word: str) -> str:
    """Give a word as ``search`` has it: ``ทต.บ้านสวน`` in full."""
    bare = fold(word)
    short = next((short for short in (*_SHORT, *(one.rstrip(".") for one in _SHORT)) if bare.startswith(short)), "")
    full = _SHORT.get(short) or _SHORT.get(f"{short}.") if short else None
    return full + bare.removeprefix(short) if full else bare


def listed_of(code: str) -> Listed | None:
    """Give what the list has under a code, also when the newest no longer has it."""
    return Listed.objects.select_related("listed_in").filter(code=code).first()


def codes_here(codes: list[str]) -> set[str]:
    """Give which of some codes are agencies of this installation already."""
    return set(Agency.objects.filter(code__in=codes).values_list("code", flat=True))


def newest_list() -> CodeList | None:
    """Give the list that was accepted last."""
    return CodeList.objects.defer("rows").filter(accepted_at__isnull=False).order_by("-as_of", "-accepted_at").first()
