"""Writing questionnaires: taken from the library, copied, made anew, changed step by step.

Those that practise for an official survey stay as the library has them: nobody changes or copies them. A survey that is
open keeps its own copy, so that changing a questionnaire changes nothing that is asked already.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.questionnaires import edit
from prongsai.questionnaires.load import load
from prongsai.questionnaires.model import Kind, Question, Scale, Section, Words
from prongsai.questionnaires.model import Questionnaire as Text
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Questionnaire
from prongsai.web.surveys.services.running import NotPossible

TITLE_MAX = 200


@transaction.atomic
def take(scope: Scope, *, id: str) -> Questionnaire:
    """Take a questionnaire from the library; the one that was taken before, where it still reads the same.

    Raises UnknownQuestionnaire.
    """
    text = load(id)
    journal.take_turn(scope.agency)
    for known in Questionnaire.objects.filter(agency=scope.agency, library=id):
        if known.pure == text:
            return journal.change(scope, known, "questionnaire.unshelve", is_shelved=False)
    return _made(scope, text, "questionnaire.take", library=id)


@transaction.atomic
def make(scope: Scope, *, title: Words) -> Questionnaire:
    """Make an empty questionnaire with a section to begin with. Raises ValidationError."""
    opinion = Section(key="s1", title=Words(th="ความเห็น", en="Your opinion" if title.en else ""))
    return _made(scope, Text(kind=Kind.FREE, title=title, sections=(opinion,)), "questionnaire.make")


@transaction.atomic
def copy(scope: Scope, *, questionnaire: Questionnaire) -> Questionnaire:
    """Copy a questionnaire, to change it. Raises NotPossible for one that practises."""
    _own(questionnaire)
    text = questionnaire.pure
    named = Words(
        th=f"{text.title.th[: TITLE_MAX - 10]} (สำเนา)", en=f"{text.title.en} (copy)" if text.title.en else ""
    )
    return _made(scope, text.model_copy(update={"title": named}), "questionnaire.copy")


@transaction.atomic
def shelve(scope: Scope, *, questionnaire: Questionnaire, version: int | None, is_shelved: bool) -> Questionnaire:
    """Put a questionnaire away, or back; surveys of it stay. Raises Stale."""
    action = "questionnaire.shelve" if is_shelved else "questionnaire.unshelve"
    return journal.change(scope, questionnaire, action, version=version, is_shelved=is_shelved)


def change_texts(
    scope: Scope,
    *,
    questionnaire: Questionnaire,
    version: int | None,
    title: Words,
    intro: Words,
    thanks: Words,
    group_question: Words,
) -> Questionnaire:
    """Change what stands around the questions. Raises NotPossible, Stale, ValidationError."""
    words = {"title": title, "intro": intro, "thanks": thanks, "group_question": group_question}
    return _changed(scope, questionnaire, version, "texts", questionnaire.pure.model_copy(update=words))


def save_section(scope: Scope, *, questionnaire: Questionnaire, version: int | None, section: Section) -> Questionnaire:
    """Add a section or change its heading; its questions stay. Raises NotPossible, Stale."""
    return _changed(scope, questionnaire, version, "section", edit.with_section(questionnaire.pure, section))


def drop_section(scope: Scope, *, questionnaire: Questionnaire, version: int | None, key: str) -> Questionnaire:
    """Take an empty section away. Raises NotPossible, Stale."""
    text = questionnaire.pure
    if any(one.key == key and one.questions for one in text.sections):
        raise NotPossible(_("ส่วนนี้ยังมีคำถาม จึงลบไม่ได้"), _("ย้ายหรือลบคำถามในส่วนนี้ก่อน"))
    return _changed(scope, questionnaire, version, "section_drop", edit.without_section(text, key))


def save_question(
    scope: Scope,
    *,
    questionnaire: Questionnaire,
    version: int | None,
    question: Question,
    section: str,
    scale: Scale | None = None,
) -> Questionnaire:
    """Add a question at the end of a section, or put it in the place of the one with its key.

    scale: the one that it names. Raises NotPossible, Stale.
    """
    text = edit.with_question(questionnaire.pure, question, section, scale)
    return _changed(scope, questionnaire, version, "question", text)


def drop_question(scope: Scope, *, questionnaire: Questionnaire, version: int | None, key: str) -> Questionnaire:
    """Take a question away. Raises NotPossible, Stale."""
    text = edit.without_question(questionnaire.pure, key)
    return _changed(scope, questionnaire, version, "question_drop", text)


def move(
    scope: Scope, *, questionnaire: Questionnaire, version: int | None, key: str, up: bool, is_section: bool = False
) -> Questionnaire:
    """Move a question or a section one place; a key that is not there any more changes nothing.

    Raises NotPossible, Stale.
    """
    text = questionnaire.pure
    known = text.sections if is_section else text.questions
    if any(one.key == key for one in known):
        text = (edit.moved_section if is_section else edit.moved_question)(text, key, up=up)
    return _changed(scope, questionnaire, version, "move", text)


def _made(scope: Scope, text: Text, action: str, library: str = "") -> Questionnaire:
    made = Questionnaire(
        agency=scope.agency,
        title=text.title.th,
        kind=text.kind,
        library=library,
        content=text.plain,
        made_by=scope.user,
    )
    return journal.create(scope, made, action)


def _changed(scope: Scope, questionnaire: Questionnaire, version: int | None, action: str, text: Text) -> Questionnaire:
    """Keep a changed text: from then on it is the office's own, wherever it came from."""
    _own(questionnaire)
    return journal.change(
        scope,
        questionnaire,
        f"questionnaire.{action}",
        version=version,
        title=text.title.th,
        content=text.plain,
        library="" if text != questionnaire.pure else questionnaire.library,
    )


def _own(questionnaire: Questionnaire) -> None:
    if Kind(questionnaire.kind).is_practice:
        raise NotPossible(
            _("แบบซ้อมประเมินใช้ข้อความตามคลัง แก้หรือทำสำเนาไม่ได้"),
            _("ถ้าต้องการถามเรื่องอื่น สร้างแบบสอบถามใหม่"),
        )
