"""A letter as it is checked: everything that its seals were made of, fetched at once."""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.web.letters.models import Endorsement, Letter, LetterState, LetterText, Step

SIGNED = (LetterState.SIGNED, LetterState.REPLACED)
_LETTER = ("agency", "drafter", "series__unit", "number__series", "docx__agency", "pdf__agency", "scan__agency")
_SIGNATURE = (
    "step__post",
    "step__person",
    "text",
    "person",
    "appointment__person",
    "appointment__post",
    "scan__agency",
)


@dataclass(frozen=True, slots=True)
class Held:
    """What stands of a letter. text: the newest; steps: those of today; given: every signature, voided ones too."""

    letter: Letter
    text: LetterText | None
    steps: tuple[Step, ...]
    given: tuple[Endorsement, ...]

    @property
    def is_signed(self) -> bool:
        """Whether everybody has signed."""
        return self.letter.state in SIGNED

    @property
    def active(self) -> tuple[Endorsement, ...]:
        """The signatures that count, in the order of the steps."""
        counted = (one for one in self.given if one.voided_at is None)
        return tuple(sorted(counted, key=lambda one: (one.step.place, one.pk)))


def held_of(letter: Letter) -> Held:
    """Fetch what is checked; the letter anew, so that nothing is checked that only stands in memory."""
    fresh = Letter.objects.select_related(*_LETTER).get(pk=letter.pk)
    steps = Step.objects.filter(letter=fresh).select_related("post", "person").order_by("place")
    given = Endorsement.objects.filter(step__letter=fresh).select_related(*_SIGNATURE).order_by("pk")
    return Held(fresh, fresh.texts.order_by("-number").first(), tuple(steps), tuple(given))
