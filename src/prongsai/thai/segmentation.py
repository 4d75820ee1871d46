"""Word breaking by a kept library, and what a terminal needs: widths and lines."""

import gc
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

Cutter = Callable[[str], list[str]]

_PROBE, _PROBE_FIRST = "เทศบาลรายงานผลการประเมิน", "เทศบาล"
_STAYS_WITH_BEFORE = frozenset("ๆฯ)]}”’!?:;,./%")
_STAYS_WITH_NEXT = frozenset("([{“‘")


@lru_cache(maxsize=16)
def _cutter(extra: frozenset[str]) -> Cutter:
    """Load the engine with the dictionary and our own words, and see that it cuts at all."""
    from pythainlp.corpus import thai_words  # noqa: PLC0415  # reason: 0.3 s that only word breaking should pay
    from pythainlp.tokenize.newmm import segment  # noqa: PLC0415  # reason: as above
    from pythainlp.util import Trie  # noqa: PLC0415  # reason: as above

    # A million small objects that stay for good: the collector would cost more than building them, and again at exit.
    gc.disable()
    trie = Trie(thai_words() | extra)
    gc.freeze()
    gc.enable()

    def cut(text: str) -> list[str]:
        return list(segment(text, custom_dict=trie, safe_mode=True))

    found = cut(_PROBE)
    if len(found) < 3 or found[0] != _PROBE_FIRST or "".join(found) != _PROBE:
        # Seen in practice: an engine that a release had dropped gave the whole text back as one word, no error.
        raise ImportError(f"the word breaker does not break words: {found!r}")
    return cut


def words(text: str, extra: Iterable[str] = ()) -> list[str]:
    """Cut a text into words; joined again they are the text, white space included.

    extra: words and names that are never cut (an agency's name, people's names).
    """
    return _cutter(frozenset(extra))(text) if text else []


def _character_width(character: str) -> int:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def display_width(text: str) -> int:
    """Count the columns that a text takes in a terminal: Thai marks above and below take none, ำ takes one."""
    return sum(map(_character_width, text))


def _unbreakable(text: str, extra: Iterable[str]) -> Iterator[str]:
    """Yield the pieces between which a line may end: words with the signs that cling to them."""
    piece = ""
    for word in words(text, extra):
        clings = word[0] in _STAYS_WITH_BEFORE or _character_width(word[0]) == 0
        if piece and not clings and piece[-1] not in _STAYS_WITH_NEXT:
            yield piece
            piece = ""
        piece += word
    if piece:
        yield piece


def _pieces_of(word: str, width: int) -> Iterator[str]:
    """Cut a word wider than the line between consonants, never before a mark."""
    piece, taken = "", 0
    for character in word:
        wide = _character_width(character)
        if wide and piece and taken + wide > width:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + character, taken + wide
    yield piece


def break_lines(text: str, width: int, extra: Iterable[str] = ()) -> list[str]:
    """Break a text into lines at most ``width`` columns wide, between Thai words; its own line breaks stay.

    A word wider than the line is cut, never between a consonant and its marks. ValueError when width < 2.
    """
    if width < 2:
        raise ValueError(f"a line needs at least two columns, not {width}")
    kept = frozenset(extra)
    return [line for paragraph in text.splitlines() or [""] for line in _filled(paragraph, width, kept)]


def _filled(paragraph: str, width: int, extra: Iterable[str]) -> Iterator[str]:
    line, taken = "", 0
    for word in _unbreakable(paragraph, extra):
        for piece in _pieces_of(word, width):
            if taken + display_width(piece.rstrip()) > width:
                if line.strip():
                    yield line.rstrip()
                line, taken, piece = "", 0, piece.lstrip()
            line, taken = line + piece, taken + display_width(piece)
    yield line.rstrip()
