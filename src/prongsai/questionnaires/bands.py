"""What a mean on the scale from 1 to 5 is called in Thai reports."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from prongsai.questionnaires.model import Scale, Words


@dataclass(frozen=True, slots=True)
class MeanBand:
    """Means from low to high, both inside, two decimals, and what they are called."""

    name: Words
    low: Decimal
    high: Decimal


BANDS = (
    MeanBand(Words(th="มากที่สุด", en="Very high"), Decimal("4.51"), Decimal("5.00")),
    MeanBand(Words(th="มาก", en="High"), Decimal("3.51"), Decimal("4.50")),
    MeanBand(Words(th="ปานกลาง", en="Moderate"), Decimal("2.51"), Decimal("3.50")),
    MeanBand(Words(th="น้อย", en="Low"), Decimal("1.51"), Decimal("2.50")),
    MeanBand(Words(th="น้อยที่สุด", en="Very low"), Decimal("1.00"), Decimal("1.50")),
)


def has_bands(scale: Scale) -> bool:
    """Whether the means of a scale have names: only those from 1 to 5."""
    return scale.low == 1 and scale.high == 5


def band_of(mean: Decimal) -> MeanBand | None:
    """Give the band of a mean of two decimals on the scale from 1 to 5."""
    return next((one for one in BANDS if one.low <= mean <= one.high), None)
