"""Which form writes which kind of letter."""

from collections.abc import Mapping

from prongsai.web.letters.forms.letters import AnnouncementForm, ExternalForm, HeadForm, MemoForm, RecordsForm
from prongsai.web.letters.forms.orders import CommitteeOrderForm, JobOrderForm, OrderForm
from prongsai.web.letters.kinds import LETTER_PAPERS, Shape

_FORMS: Mapping[str, type[HeadForm]] = {
    "memo": MemoForm,
    "letter": ExternalForm,
    "announcement": AnnouncementForm,
    "order": OrderForm,
    "committee-order": CommitteeOrderForm,
    "job-order": JobOrderForm,
}


def form_of(paper: str) -> type[HeadForm]:
    """Give the form that writes a kind of letter."""
    return RecordsForm if LETTER_PAPERS[paper].shape is Shape.RECORDS else _FORMS[paper]
