"""The source of a page, kept to what a parser gets through in little time, however the page was made."""

import re
from itertools import islice

TAGS_MAX = 200_000  # of a page, those that end something counted too
ATTRIBUTES_MAX = 500  # of one tag: parsers compare each with all before it
# As the standard of HTML has tags; in these there are none.
_START = re.compile(r"<(?:!--|([A-Za-z][^\s/>]*))")
_ATTRIBUTE = r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>]*))?"""
_ONE, _SOME = re.compile(_ATTRIBUTE), re.compile(f"(?:{_ATTRIBUTE}){{0,{ATTRIBUTES_MAX}}}")
_COMMENT_END = re.compile("--!?>")
_RAW = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}


def shortened(text: str) -> str:
    """Give a page up to its tag TAGS_MAX; most pages whole."""
    at = next(islice(re.finditer("<", text), TAGS_MAX, None), None)
    return text[: at.start()] if at else text


def thinned(text: str) -> str:
    """Give a page whose tags have at most ATTRIBUTES_MAX attributes."""
    kept: list[str] = []
    done = at = 0
    while found := _START.search(text, at):
        name = (found[1] or "").lower()
        if not name:
            end = _COMMENT_END.search(text, found.end() - 2)
            at = end.end() if end else len(text)
            continue
        some = _SOME.match(text, found.end())
        at = some.end() if some else found.end()
        if one := _ONE.match(text, at):
            kept.append(text[done:at])
            while one:
                at = one.end()
                one = _ONE.match(text, at)
            done = at
        if name in _RAW:
            end = _RAW[name].search(text, at)
            at = end.start() + 2 if end else len(text)
    return "".join((*kept, text[done:])) if kept else text
