"""What a fault of a public page is called when it is told of many agencies: the words without those of one case."""

import re

from prongsai.inspection.report import CODES
from prongsai.inspection.sayings import codes, words_of

_IN_BRACKETS = re.compile(r"\s*\([^()]*\{[^()]*\)")
_OF_A_CASE = re.compile(r"\{[^{}]*\}")


def fault_words(code: str) -> tuple[str, str]:
    """Give what a fault is and how it is mended, in Thai; the code itself for one of another version."""
    if code in CODES:
        return _general(CODES[code].message_th), _general(CODES[code].mend_th)
    return words_of(code) if code in codes() else (code, "")


def _general(text: str) -> str:
    return _OF_A_CASE.sub("…", _IN_BRACKETS.sub("", text))
