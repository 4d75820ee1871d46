"""One module a family of rules; ``KINDS`` is the closed list that a rule file may name."""

from prongsai.inspection.case import Kind
from prongsai.inspection.rules import channels, disclosure, papers, people, sides, signing, tables, times, wording

KINDS: dict[str, Kind] = {
    **wording.KINDS,
    **times.KINDS,
    **people.KINDS,
    **sides.KINDS,
    **signing.KINDS,
    **tables.KINDS,
    **channels.KINDS,
    **papers.KINDS,
    **disclosure.KINDS,
}
