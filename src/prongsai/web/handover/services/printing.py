"""Keeping the list of a handover as both signed it."""

from prongsai.errors import FileUnusable
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file
from prongsai.web.handover.models import Handover
from prongsai.web.handover.queries.printing import render_list


def keep_list(scope: Scope, handover: Handover) -> Handover:
    """Keep the list in Word and, where that can be written, in PDF; only those who see the handover open them.

    Not in the transaction of the signature: papers are not made while others wait for the database.
    """
    name, content = render_list(handover, "docx", scope.today)
    docx = keep_file(scope, name=name, content=content, is_guarded=True)
    return journal.change(scope, handover, "handover.list", docx=docx, pdf=_pdf(scope, handover))


def _pdf(scope: Scope, handover: Handover) -> File | None:
    try:
        name, content = render_list(handover, "pdf", scope.today)
    except FileUnusable:  # the packages for PDF are not installed: the Word file is enough
        return None
    return keep_file(scope, name=name, content=content, is_guarded=True)
