"""Numbers, letters, chains of opinions and circulars."""

from prongsai.web.letters.models.chain import Decision, Endorsement, Method, Step, StepKind
from prongsai.web.letters.models.circulars import Circular, PaperSheet, Receipt, Standing
from prongsai.web.letters.models.letters import Attachment, Delivery, Letter, LetterState, LetterText, Origin
from prongsai.web.letters.models.numbers import (
    Incoming,
    Number,
    NumberState,
    Secrecy,
    Series,
    SeriesKind,
    SeriesYear,
    Speed,
    Way,
)

__all__ = [
    "Attachment",
    "Circular",
    "Decision",
    "Delivery",
    "Endorsement",
    "Incoming",
    "Letter",
    "LetterState",
    "LetterText",
    "Method",
    "Number",
    "NumberState",
    "Origin",
    "PaperSheet",
    "Receipt",
    "Secrecy",
    "Series",
    "SeriesKind",
    "SeriesYear",
    "Speed",
    "Standing",
    "Step",
    "StepKind",
    "Way",
]
