"""Adding to the chain of proof."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.models import ProofEntry
from prongsai.web.disclosure.queries.plain import plain
from prongsai.web.disclosure.queries.proof import FIRST_HASH, hash_of


@transaction.atomic
def prove(agency: Agency, *, kind: str, subject: int, content: Mapping[str, object]) -> ProofEntry:
    """Add an entry at the end of the agency's chain, inside the caller's transaction.

    kind: ``release``, ``check``, ``withdrawal``, ``erasure``, ``submission``. subject: primary key of what it is about.
    content: what was published or seen; it is kept as text, whole numbers, yes and no.
    """
    journal.take_turn(agency)  # writers of one agency wait for each other, so that no number is given twice
    last = ProofEntry.objects.filter(agency=agency).order_by("-number").first()
    entry = ProofEntry(
        agency=agency,
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        kind=kind,
        subject=subject,
        content=plain(content),
        previous_hash=last.hash if last else FIRST_HASH,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry
