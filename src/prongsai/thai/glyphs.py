"""Thai as PDF files give it: glyphs of old fonts, marks before their consonant, ำ in two pieces, one glyph for า and ำ.

``mend_marks`` needs no dictionary and changes nothing that is spelt as Thai can be. ``mend_sara_am`` undoes the trap
that one glyph serves both า and ำ, so that a whole file prints ``เทศบำล`` or ``ดาเนินการ``: only a dictionary can tell.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from prongsai.thai.text import normalise

_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf701-\uf70e\uf710-\uf71a"
_CONSONANT = "ก-ฮ\uf700\uf70f"
_LEADING = "เแโใไ"
_APART = re.compile(f"(?<=[{_CONSONANT}{_MARK}])[ \u00a0]+(?=[{_MARK}]|ำ)")
_SARA_AM_APART = re.compile("([\u0e4d\uf711])[ \u00a0]*([่-๋]?)[ \u00a0]*า")
_EARLY = re.compile(f"(?:(?<=[{_LEADING}])|(?<![\u0e01-\u0e4e\uf700-\uf71a]))([{_MARK}]+)([{_CONSONANT}])")
_LATE_VOWEL = re.compile(f"([{_CONSONANT}])([{_LEADING}])([{_MARK}]+|(?=[ะาำๅ]))")
_SUSPECT = re.compile(
    f"[\uf700-\uf71a\u0e4d]|เเ|[{_MARK}]{{2}}|(?<![{_CONSONANT}{_MARK}])[{_MARK}]| ำ|[{_LEADING}][ะาำๅ]"
)
_LATIN_FOR_THAI = re.compile("[\u00a1-\u00da\u00df-\u00fb]")
_THAI_RUN = re.compile("[ก-๎]+")

SARA_AA, SARA_AM = "\u0e32", "\u0e33"
COUNT_MIN = 40  # of า and ำ together: fewer prove nothing
USUAL_SHARE = (0.04, 0.35)  # of ำ among both; 0.13–0.19 in ten papers
_TELL_TALE = re.compile("ควำม|กำร(?!า)|งำน|รำช|เทศบำล|ตาบล|สานัก|อานวย|จานวน|กาหนด|ดาเนิน|ประจาปี")
GAIN_MIN = 0.03  # of the letters: by how much the dictionary must know the mended text better
LATIN_SHARE_MIN = 0.5
WORD_LENGTH_MAX = 20
WEIGHED_MAX = 50_000  # letters that are enough to judge a file by
_UNKNOWN_COST = 14.0


def mend_marks(text: str) -> str:
    """Put every mark on its consonant, once and in order, ำ and แ as one character, glyphs of old fonts as letters.

    A text without a fault comes back as it is.
    """
    if not _SUSPECT.search(text):
        return text
    text = _APART.sub("", text)
    text = _SARA_AM_APART.sub(lambda found: f"{found[2]}{SARA_AM}", text)
    text = _EARLY.sub(r"\2\1", text)
    text = _LATE_VOWEL.sub(r"\2\1\3", text)
    return "".join(_normalised(text))


def _normalised(text: str) -> Iterable[str]:
    """Normalise Thai only: what else is printed stays as it is."""
    at = 0
    for found in re.finditer("[\u0e01-\u0e4e\uf700-\uf71a]+", text):
        yield text[at : found.start()]
        yield normalise(found.group())
        at = found.end()
    yield text[at:]


def from_latin(text: str) -> str | None:
    """Give Thai for text whose Thai code page was taken for Latin (``à·ÈºÒÅ``), None when it is no such text."""
    high = _LATIN_FOR_THAI.findall(text)
    if len(high) < LATIN_SHARE_MIN * len(text.replace(" ", "")) or len(high) < 4:
        return None
    return "".join(
        letter.encode("latin-1").decode("cp874", "replace") if _LATIN_FOR_THAI.match(letter) else letter
        for letter in text
    )


@dataclass(frozen=True, slots=True)
class SaraAm:
    """What mending did. texts: as many as came in. before, after: the share of letters in words of the dictionary."""

    texts: tuple[str, ...]
    before: float
    after: float


def mend_sara_am(texts: Sequence[str]) -> SaraAm | None:
    """Tell า from ำ by the dictionary in a file that confuses them; None when it does not.

    Tried only where the share of ำ is not that of Thai or a word tells it, and kept only where the dictionary then
    knows clearly more. Measured on ten papers with every า made ำ, or the reverse: 7 letters wrong of 21,704.
    """
    am = sum(text.count(SARA_AM) for text in texts)
    both = am + sum(text.count(SARA_AA) for text in texts)
    is_usual = not both or USUAL_SHARE[0] <= am / both <= USUAL_SHARE[1]
    if both < COUNT_MIN or (is_usual and not any(map(_TELL_TALE.search, texts))):
        return None
    default = SARA_AA if am > both / 2 else ""
    before = _known_share(texts)
    mended = tuple(_THAI_RUN.sub(lambda found: _respelt(found.group(), default), text) for text in texts)
    after = _known_share(mended)
    return SaraAm(mended, before, after) if after - before >= GAIN_MIN else None


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[str, float]]:
    """Give, for every word written with า only, its usual spelling and what choosing it costs."""
    from pythainlp.corpus import thai_words  # noqa: PLC0415  # reason: 0.3 s that only a file in doubt should pay
    from pythainlp.corpus.ttc import unigram_word_freqs  # noqa: PLC0415  # reason: as above

    counts = unigram_word_freqs()
    total = sum(counts.values())
    best: dict[str, tuple[str, float]] = {}
    for word in thai_words():
        cost = math.log(total / (counts.get(word, 0) + 0.5))
        folded = word.replace(SARA_AM, SARA_AA)
        if folded not in best or cost < best[folded][1]:
            best[folded] = (word, cost)
    return best


def _cut(run: str) -> list[tuple[str, str]]:
    """Cut a run of Thai, its ำ taken for า, into the likeliest words: as cut, and as spelt (nothing: no word)."""
    spellings = _spellings()
    costs = [0.0] + [math.inf] * len(run)
    steps: list[tuple[int, str]] = [(0, "")] * (len(run) + 1)
    for start in range(len(run)):
        for end in range(start + 1, min(len(run), start + WORD_LENGTH_MAX) + 1):
            word, cost = spellings.get(run[start:end], ("", math.inf))
            if end == start + 1 and not word:
                cost = _UNKNOWN_COST
            if costs[start] + cost < costs[end]:
                costs[end] = costs[start] + cost
                steps[end] = (start, word)
    pieces: list[tuple[str, str]] = []
    at = len(run)
    while at:
        start, word = steps[at]
        pieces.append((run[start:at], word))
        at = start
    return pieces[::-1]


def _respelt(run: str, default: str) -> str:
    """Spell a run as the dictionary does. default: for letters of no word; empty leaves them as printed."""
    if SARA_AM not in run and SARA_AA not in run:
        return run
    folded = run.replace(SARA_AM, SARA_AA)
    spelt, at = "", 0
    for piece, word in _cut(folded):
        printed = run[at : at + len(piece)]
        spelt += word or (re.sub(f"[{SARA_AA}{SARA_AM}]", default, printed) if default else printed)
        at += len(piece)
    return spelt


def _known_share(texts: Iterable[str]) -> float:
    """Give the share of Thai letters that stand in words of the dictionary as they are spelt, of the first texts."""
    known = total = 0
    for text in texts:
        if total > WEIGHED_MAX:
            break
        for run in _THAI_RUN.findall(text):
            at = 0
            for piece, word in _cut(run.replace(SARA_AM, SARA_AA)):
                known += len(piece) if word and run[at : at + len(piece)] == word else 0
                at += len(piece)
            total += at
    return known / total if total else 1.0
