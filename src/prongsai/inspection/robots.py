"""robots.txt (RFC 9309): what a host asks programs to leave alone, and how slowly to go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

BYTES_MAX, LINES_MAX, RULES_MAX = 500_000, 20_000, 2_000
STARS_MAX = 20  # in a pattern: no site needs more, and one with more is left out
OURS = "prongsai"
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#\r\n]*)")


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host asks of one program. rules: whether allowed, and the pattern of paths."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay_seconds: float = 0.0

    def allows(self, target: str) -> bool:
        """Whether a path (with its query) may be asked for: the longest pattern that fits decides."""
        fitting = [(len(pattern), is_allowed) for is_allowed, pattern in self.rules if _fits(pattern, target)]
        return max(fitting, default=(0, True))[1]


def _fits(pattern: str, target: str) -> bool:
    """Whether a pattern fits a path from its start: each piece between stars at the first place that is left for it."""
    first, *pieces = pattern.removesuffix("$").split("*")
    last = pieces.pop() if pieces and pattern.endswith("$") else None
    if not target.startswith(first):
        return False
    at = len(first)
    for piece in filter(None, pieces):
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return len(target) - len(last) >= at and target.endswith(last)
    return not pattern.endswith("$") or len(target) == at


def read_robots(content: bytes, program: str) -> Robots:
    """Read what a file asks of a program (its name in lower case), or of all where it does not name it."""
    groups = list(_groups(content[:BYTES_MAX].decode("utf-8-sig", "replace")))
    own = [lines for names, lines in groups if program in names]
    lines = [line for group in (own or [lines for names, lines in groups if "*" in names]) for line in group]
    rules = [(name == "allow", _once(value)) for name, value in lines if name in ("allow", "disallow") and value]
    delays = [
        float(value) for name, value in lines if name == "crawl-delay" and re.fullmatch(r"\d{1,4}(\.\d+)?", value)
    ]
    kept = (rule for rule in rules if rule[1].count("*") <= STARS_MAX)
    return Robots(tuple(islice(kept, RULES_MAX)), max(delays, default=0.0))


def _once(pattern: str) -> str:
    return re.sub(r"\*{2,}", "*", pattern)


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    names: set[str] = set()
    lines: list[tuple[str, str]] = []
    for found in filter(None, map(_LINE.match, text.splitlines()[:LINES_MAX])):
        name, value = found[1].lower(), found[2].strip()
        if name == "user-agent":
            if lines:
                yield names, lines
                names, lines = set(), []
            names.add(value.lower().partition("/")[0])
        elif names:
            lines.append((name, value))
    if names:
        yield names, lines
