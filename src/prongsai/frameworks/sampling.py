"""How many must answer an official survey, by the rule that the year's framework states."""

from decimal import ROUND_CEILING

from prongsai.frameworks.model import Sampling


def required(sampling: Sampling, headcount: int) -> int | None:
    """Give how many of so many must answer: the rate rounded up, at least the minimum, never more than there are.

    At most the maximum, where there is one. None when the rate is not known, or nobody may answer.
    """
    if sampling.rate_pct is None or headcount < 1:
        return None
    share = int((sampling.rate_pct * headcount / 100).to_integral_value(ROUND_CEILING))
    most = headcount if sampling.maximum is None else min(headcount, sampling.maximum)
    return min(max(share, sampling.minimum or 0), most)
