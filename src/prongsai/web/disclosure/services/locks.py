"""What was submitted to the assessment is changed only by somebody who knows that it was."""

from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page
from prongsai.web.disclosure.queries.submissions import locked_by


class PageLocked(ProngsaiError):
    """The page's address was submitted for an open assessment, and nobody has said that they know."""

    def __init__(self, page: Page) -> None:
        super().__init__(
            f"page {page.path} was submitted",
            message_th=_("ลิงก์ของหน้านี้ยื่นในระบบ ITAS ไปแล้ว ผู้ประเมินจะเห็นสิ่งที่เปลี่ยน"),
            mend_th=_("ถ้าจำเป็นต้องเปลี่ยน ให้ทำเครื่องหมายว่าทราบแล้วทำอีกครั้ง"),
        )
        self.page = page


def hold_known(scope: Scope, page: Page, *, knows: bool, what: str) -> None:
    """Refuse to change a submitted page unknowingly; that somebody knew is written down. Raises PageLocked."""
    submission = locked_by(page)
    if submission is None:
        return
    if not knows:
        raise PageLocked(page)
    journal.note(scope, "page.known", page, {"action": (None, what), "address": (None, submission.address)})
