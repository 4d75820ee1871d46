"""What is said when a value is not taken: what is wrong with it, and the mend."""

from collections.abc import Sequence

from prongsai.errors import ProngsaiError
from prongsai.registers.model import Fault, Field

_QUOTED = 60  # letters of a value that are said back


class ValueRefused(ProngsaiError):
    """A value that a field does not take. fault: the first of ``faults``; rows have one for each bad cell."""

    def __init__(self, *faults: Fault) -> None:
        first = faults[0]
        super().__init__(f"{first.field}: {first.code}", message_th=first.message_th, mend_th=first.mend_th)
        self.faults: Sequence[Fault] = faults

    @property
    def fault(self) -> Fault:
        """The first fault."""
        return self.faults[0]


def refusal(field: Field, code: str, message_th: str, mend_th: str = "") -> ValueRefused:
    """Make the exception for one fault of a field."""
    return ValueRefused(Fault(field.key, code, message_th, mend_th))


def quoted(text: str) -> str:
    """Give a value in Thai quotes, on one line, without what cannot be printed, cut when it is long."""
    bare = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * _QUOTED])
    bare = " ".join(bare.split())
    return f"“{bare[:_QUOTED]}…”" if len(bare) > _QUOTED or len(text) > 4 * _QUOTED else f"“{bare}”"
