"""Slips to be cut apart, eight on a page of A4, behind a page that says how they are handed out."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip. picture: a square SVG; says: what it shows. code: printed largest.

    above: one line before the address, below: one before the code. foot: a line or two at the bottom.
    """

    title: str
    picture: str
    says: str
    above: str
    address: str
    below: str
    code: str
    foot: tuple[str, ...]

    @property
    def address_parts(self) -> tuple[str, ...]:
        """The address, parted where a line may end."""
        return tuple(part for part in re.split(r"(?<=/)", self.address) if part)


@dataclass(frozen=True, slots=True)
class Slips:
    """A stack of slips. title: of the file and of its first page; steps: what to do with them, numbered as printed."""

    title: str
    steps: tuple[str, ...]
    slips: tuple[Slip, ...]
    language: str = "th"
