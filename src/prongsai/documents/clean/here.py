"""Looking and cleaning right here, without a process of its own: for the process that can be lost, and for tests."""

from collections.abc import Collection

from prongsai.documents.clean.dispatch import sweep_file
from prongsai.documents.clean.model import KINDS, Cleaned, Leak, Sweep


def leaks_here(content: bytes, name: str, *, allowed: Collection[str] = ()) -> tuple[Leak, ...]:
    """Find what a file gives away. Raises as ``leaks``."""
    sweep = Sweep(frozenset(KINDS), tuple(allowed))
    sweep_file(content, name, sweep)
    return sweep.result()


def cleaned_here(content: bytes, name: str, *, mask: Collection[str] = KINDS, allowed: Collection[str] = ()) -> Cleaned:
    """Give a copy without what a file gives away. Raises as ``cleaned``."""
    sweep = Sweep(frozenset(mask), tuple(allowed), is_cleaning=True)
    clean, new_name = sweep_file(content, name, sweep)
    return Cleaned(clean, new_name, leaks_here(clean, new_name, allowed=allowed), tuple(sweep.notes))
