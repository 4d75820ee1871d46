"""Names of files: what a stranger's computer called them, made safe to keep, to show and to save on any system."""

import unicodedata

from prongsai.thai.text import normalise

LENGTH_MAX = 180
UNNAMED = "ไฟล์"
_FORBIDDEN = frozenset('<>:"|?*/\\')
# Names that Windows keeps for devices, whatever stands after the first dot.
_DEVICES = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)})


def clean_name(name: str, suffixes: tuple[str, ...] = ()) -> str:
    """Give a name without folders, control characters, marks that turn the writing round, or names of devices.

    suffixes: of the type that was found, with their dots; the first is added when the name ends in none of them.
    """
    last = normalise(name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in last if _is_harmless(char))
    stem, suffix = parted(" ".join(kept.split()).strip(". "))
    if suffixes and suffix.lower() not in suffixes:
        stem, suffix = stem + suffix, suffixes[0]
    stem = (stem or UNNAMED)[: LENGTH_MAX - len(suffix)]
    return f"_{stem}{suffix}" if stem.partition(".")[0].strip().lower() in _DEVICES else stem + suffix


def parted(name: str) -> tuple[str, str]:
    """Part a name into its stem and its suffix with the dot; a suffix is at most ten Latin letters and digits."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or not (suffix.isascii() and suffix.isalnum() and len(suffix) <= 10):
        return name, ""
    return stem, f".{suffix}"


def _is_harmless(char: str) -> bool:
    return char not in _FORBIDDEN and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
