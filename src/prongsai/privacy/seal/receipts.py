"""The receipt of a report: 77 random bits as seven words, in Thai or in Latin letters, and the keys that it gives."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from prongsai.errors import ProngsaiError
from prongsai.privacy.seal.keys import RECEIPT_COST, SEED_BYTES, Pair, derive, pair_from
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import normalise

WORDS = 7
BITS = 77
_WORD_BITS = 11
_WORD_MASK = (1 << _WORD_BITS) - 1
# Four letters are two of consonant and vowel, of 5 and of 6 bits. What Thai ears take for one another is left out
# where it could be, and so are letters that would make words nobody wants to hold.
_FIRST = tuple(consonant + vowel for consonant in "bdfgjmst" for vowel in "aeio")
_SECOND = tuple(consonant + vowel for consonant in "bdfhjklmnprstvwz" for vowel in "aeio")
_LATIN_LETTERS = 4
_BETWEEN = re.compile(r"[\s\d,.;:/|()\[\]_\-–—·•\"'“”]+")
_NEAREST = 3
_LETTERS_MAX = 9  # of a Thai word, with one typed too many
_TEXT_MAX = 600


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a reporter keeps. bits: 77 of them; thai and latin: the same in seven words each."""

    bits: int

    def __post_init__(self) -> None:
        if not 0 <= self.bits < 1 << BITS:
            raise ValueError(f"a receipt has {BITS} bits")

    def __repr__(self) -> str:
        return "Receipt()"  # it opens a report; a page of an error must not show it

    @property
    def thai(self) -> tuple[str, ...]:
        """The seven Thai words."""
        return tuple(thai_words()[place] for place in self._places())

    @property
    def latin(self) -> tuple[str, ...]:
        """The seven Latin words."""
        return tuple(latin_words()[place] for place in self._places())

    @property
    def token(self) -> str:
        """The receipt as 20 hexadecimal digits, for the pages that carry it in a hidden field."""
        return f"{self.bits:020x}"

    def _places(self) -> Iterator[int]:
        return (self.bits >> _WORD_BITS * place & _WORD_MASK for place in reversed(range(WORDS)))


class ReceiptUnreadable(ProngsaiError):
    """Words that are no receipt. place: which word, counted from 1, None for all; nearest: words it may have been."""

    def __init__(self, message_th: str, mend_th: str, place: int | None = None, nearest: Sequence[str] = ()) -> None:
        super().__init__("not a receipt", message_th=message_th, mend_th=mend_th)
        self.place = place
        self.nearest = tuple(nearest)


def new_receipt() -> Receipt:
    """Make a receipt out of the machine's randomness."""
    return Receipt(secrets.randbits(BITS))


def receipt_from(token: str) -> Receipt:
    """Read what ``Receipt.token`` gives. Raises ValueError."""
    return Receipt(int(token, 16))


def read_receipt(text: str) -> Receipt:
    """Read a receipt as somebody typed it: Thai or Latin words, in order, whatever stands between them.

    Thai words may run together. Raises ReceiptUnreadable, which names the first word that is none of the list with the
    nearest ones; a word is never corrected.
    """
    words = _words(text)
    places = [_thai_places().get(word, _latin_places().get(word)) for word in words]
    known = [place for place in places if place is not None]
    if len(known) == len(places) == WORDS:
        return _receipt(known)
    raise _refusal(words)


def keys_of(receipt: Receipt, salt: bytes) -> tuple[Pair, str]:
    """Give the pair that a receipt opens its report with, and the handle by which the report is found.

    salt: of the channel. handle: 64 hexadecimal digits, of which nothing leads back to the receipt or to the pair.
    """
    worked = derive(receipt.token, salt, RECEIPT_COST, 2 * SEED_BYTES)
    return pair_from(worked[:SEED_BYTES]), sha256(worked[SEED_BYTES:]).hexdigest()


@lru_cache(maxsize=1)
def thai_words() -> tuple[str, ...]:
    """Give the 2,048 Thai words. No one begins another, and any two differ in more than one letter."""
    return tuple((files("prongsai.privacy.seal") / "words_th.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def latin_words() -> tuple[str, ...]:
    """Give the 2,048 Latin words."""
    return tuple(first + second for first in _FIRST for second in _SECOND)


@lru_cache(maxsize=1)
def _thai_places() -> dict[str, int]:
    return {word: place for place, word in enumerate(thai_words())}


@lru_cache(maxsize=1)
def _latin_places() -> dict[str, int]:
    return {word: place for place, word in enumerate(latin_words())}


def _receipt(places: Sequence[int]) -> Receipt:
    bits = 0
    for place in places:
        bits = bits << _WORD_BITS | place
    return Receipt(bits)


def _words(text: str) -> list[str]:
    """Part what was typed into words: at what stands between them, and where words run together."""
    runs = [run for run in _BETWEEN.split(normalise(text[:_TEXT_MAX]).lower()) if run]
    return runs if len(runs) == WORDS else [word for run in runs for word in _parted(run)]


def _parted(run: str) -> list[str]:
    """Part words that run together. No Thai word of the list begins another, so there is one way to do it."""
    if run[0].isascii():
        return [run[at : at + _LATIN_LETTERS] for at in range(0, len(run), _LATIN_LETTERS)]
    words: list[str] = []
    start = 0
    while start < len(run):
        end = next((end for end in range(start + 1, len(run) + 1) if run[start:end] in _thai_places()), len(run))
        words.append(run[start:end])
        start = end
    return words


def _refusal(words: Sequence[str]) -> ReceiptUnreadable:
    if not words:
        return ReceiptUnreadable("ยังไม่ได้กรอกใบรับ", "พิมพ์คำทั้ง ๗ คำตามลำดับ จะใช้คำไทยหรือคำอักษรโรมันก็ได้")
    for place, word in enumerate(words[:WORDS], start=1):
        if word not in _thai_places() and word not in _latin_places():
            return _wrong_word(place, word)
    count = to_thai(str(len(words)))
    return ReceiptUnreadable(
        f"ใบรับมี ๗ คำ แต่อ่านได้ {count} คำ",
        "ตรวจว่าพิมพ์ครบทุกคำ ไม่มีคำเกิน และเว้นวรรคระหว่างคำ",
    )


def _wrong_word(place: int, word: str) -> ReceiptUnreadable:
    near = _nearest(word)
    mend = f"อาจเป็นคำว่า {' หรือ '.join(near)} ตรวจกับใบรับแล้วพิมพ์ใหม่" if near else "ตรวจกับใบรับแล้วพิมพ์ใหม่ เว้นวรรคระหว่างคำ"
    return ReceiptUnreadable(f"คำที่ {to_thai(str(place))} ไม่ใช่คำในใบรับ", mend, place, near)


def _nearest(word: str) -> list[str]:
    """Give up to three words of the list that may be meant; of words that run together, by how they begin."""
    from rapidfuzz import process  # noqa: PLC0415  # reason: 30 ms that only a mistyped receipt should pay
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # reason: the same

    known = latin_words() if word[0].isascii() else thai_words()
    tries = {word[:length] for length in range(min(len(word), 2), min(len(word), _LETTERS_MAX) + 1)}
    found = {
        choice: score
        for typed in (tries if len(word) > _LETTERS_MAX else {word})
        for choice, score, _ in process.extract(typed, known, scorer=OSA.distance, limit=_NEAREST, score_cutoff=2)
    }
    return sorted(found, key=lambda choice: (found[choice], choice))[:_NEAREST]
