"""How much of a spreadsheet a register takes in at once, and how it is said that there is more."""

from prongsai.documents.read.refusals import over_limit
from prongsai.errors import LimitExceeded

BYTES_MAX = 20_000_000
ROWS_MAX = 100_000
COLUMNS_MAX = 60
LETTERS_MAX = 40_000_000
CELL_LETTERS_MAX = 200_001  # one more than any field takes, so that the cell is named
SHEETS_MAX = 50
SECONDS_MAX = 120
MEMORY_BYTES_MAX = 1_500_000_000

_FEWER = "แบ่งเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์"


def too_many(name: str, what: str, limit: str, mend_th: str = _FEWER) -> LimitExceeded:
    """Say that a spreadsheet is over a limit."""
    return over_limit(name, what, limit, mend_th)
