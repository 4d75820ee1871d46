"""What somebody has in hand once their passphrase has opened it. Nothing here is ever logged, printed or kept plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prongsai.web.complaints.models import Holder


@dataclass(frozen=True, slots=True)
class Bundle:
    """The private halves of a holder.

    identities: of age, the own one first, then those that were handed on. seed: for signing. root: the public key of
    the root that was seen first, "" until the channel is open.
    """

    identities: tuple[str, ...] = field(repr=False)
    seed: str = field(repr=False)
    root: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """Give what JSON can hold."""
        return {"identities": list(self.identities), "seed": self.seed, "root": self.root}


def bundle_from(value: Mapping[str, Any]) -> Bundle:
    """Read what ``Bundle.plain`` gives."""
    return Bundle(tuple(value["identities"]), value["seed"], value["root"])


@dataclass(frozen=True, slots=True)
class Key:
    """A holder who has unlocked."""

    holder: Holder
    bundle: Bundle = field(repr=False)
