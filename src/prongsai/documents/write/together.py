"""What of a paper must stand on one page: a signature with the line that asks for it, a panel with what it is about."""

from collections.abc import Sequence

from prongsai.documents.model import Block, Panel, Paragraph, Signatures, Style

_BETWEEN = (Style.RIGHT, Style.CENTRED)  # the closing of a letter, the day of an announcement


def stays_with_next(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block may not be the last on its page: a signature or panel follows, or one line and then it.

    One signature may part from the next, or a long chain would leave the page before it half empty.
    """
    after = blocks[at + 1 : at + 3]
    if isinstance(blocks[at], Signatures):
        return bool(after) and isinstance(after[0], Panel)
    if after and isinstance(after[0], Signatures | Panel):
        return True
    is_between = len(after) == 2 and isinstance(after[0], Paragraph) and after[0].style in _BETWEEN
    return is_between and isinstance(after[1], Signatures)
