"""Answers and rows as somebody types them: one on each line, ``ข้อความ | English``, ``*`` before a reversed row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from prongsai.questionnaires.model import Option, Row, Words
from prongsai.thai.text import collapse, fold, normalise

BETWEEN = "|"
REVERSED = "*"


def words_of(line: str) -> Words:
    """Read ``ข้อความ | English``; English may be missing."""
    thai, _between, english = collapse(normalise(line)).partition(BETWEEN)
    return Words(th=thai.strip(), en=english.strip())


def options_of(text: str, known: Sequence[Option] = ()) -> tuple[Option, ...]:
    """Read answers to choose from. known: those so far, whose keys stay, so that what refers to them still fits."""
    words = [words_of(line) for line in _lines(text)]
    keys = _keys(words, [(one.key, one.label) for one in known])
    return tuple(Option(key=key, label=label) for key, label in zip(keys, words, strict=True))


def rows_of(text: str, known: Sequence[Row] = ()) -> tuple[Row, ...]:
    """Read the rows of a table. known: as :func:`options_of`."""
    lines = list(_lines(text))
    words = [words_of(line.lstrip(f"{REVERSED} ")) for line in lines]
    keys = _keys(words, [(one.key, one.text) for one in known])
    return tuple(
        Row(key=key, text=said, reversed=line.startswith(REVERSED))
        for key, said, line in zip(keys, words, lines, strict=True)
    )


def written(options: Iterable[Option]) -> str:
    """Give answers as :func:`options_of` reads them."""
    return "\n".join(_line(one.label) for one in options)


def written_rows(rows: Iterable[Row]) -> str:
    """Give rows as :func:`rows_of` reads them."""
    return "\n".join(f"{REVERSED} {_line(one.text)}" if one.reversed else _line(one.text) for one in rows)


def next_key(taken: Iterable[str], prefix: str) -> str:
    """Give the first key of prefix1, prefix2, … that is free."""
    used = set(taken)
    return next(key for number in range(1, len(used) + 2) if (key := f"{prefix}{number}") not in used)


def _line(words: Words) -> str:
    return f"{words.th} {BETWEEN} {words.en}" if words.en else words.th


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip(f"{REVERSED}{BETWEEN} \t"))


def _keys(words: Sequence[Words], known: Sequence[tuple[str, Words]]) -> list[str]:
    """Give each line its key: of the known one that reads the same, else of the one in its place, else a new one."""
    left = dict(known)
    found: list[str] = [""] * len(words)
    _claim(found, words, left, lambda place, key: fold(left[key].th) == fold(words[place].th))
    if len(words) == len(known):
        _claim(found, words, left, lambda place, key: known[place][0] == key)
    for place, key in enumerate(found):
        found[place] = key or next_key([*found, *(each for each, _words in known)], "a")
    return found


def _claim(
    found: list[str], words: Sequence[Words], left: dict[str, Words], is_its: Callable[[int, str], bool]
) -> None:
    for place in range(len(words)):
        fitting = next((key for key in left if not found[place] and is_its(place, key)), "")
        if fitting:
            found[place] = fitting
            del left[fitting]
