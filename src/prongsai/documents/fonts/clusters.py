"""Which marks may stand together on a Thai consonant: what the fonts have one glyph for.

A PDF gives its words back letter for letter only when text and glyphs are one to one. A consonant with its marks is one
cluster to the shaper, so it has to be one glyph; what is not listed here has none and must not reach the PDF.
"""

import re
from itertools import product

CONSONANTS = tuple(map(chr, range(0x0E01, 0x0E2F)))  # ก to ฮ, ฤ and ฦ among them
ABOVE = ("ั", "ิ", "ี", "ึ", "ื", "็", "ํ")
BELOW = ("ุ", "ู", "ฺ")
TONES = ("่", "้", "๊", "๋")
SILENT = ("์", "๎")
SARA_AM = "ำ"

# ฺ before ุ or ู is left out: shapers put it after them, and no word has both.
TAILS = (
    *("".join(pair) for pair in product(("", *ABOVE, *BELOW), ("", *TONES, *SILENT)) if any(pair)),
    *(tone + SARA_AM for tone in ("", *TONES)),
    *("ฺ" + vowel for vowel in ABOVE),
)
PAIRS = ("ฤๅ", "ฦๅ")
CLUSTERS = tuple(consonant + tail for consonant in CONSONANTS for tail in TAILS)

MARKS = frozenset("".join((*ABOVE, *BELOW, *TONES, *SILENT, SARA_AM)))
"""The characters that are only ever part of a cluster."""

CLUSTER = re.compile(f"[ก-ฮ](?:{'|'.join(sorted(TAILS, key=len, reverse=True))})?|.", re.DOTALL)
"""A consonant with the longest tail that is known, or any other character."""
