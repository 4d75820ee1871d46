"""Taking an answer in words out of what is shown, because it names somebody."""

from __future__ import annotations

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Aside


def hide_text(scope: Scope, *, aside: Aside, is_hidden: bool) -> Aside:
    """Hide an answer in words from the page and from papers, or show it again.

    The journal tells that it was done and of which answer, never what the answer says.
    """
    action = "survey.text.hide" if is_hidden else "survey.text.show"
    return journal.change(scope, aside, action, is_hidden=is_hidden)
