"""Questionnaires: the library and one's own, writing one question by question, what it looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.questionnaires import edit
from prongsai.questionnaires.load import UnknownQuestionnaire, load
from prongsai.questionnaires.model import Question, QuestionType, Section
from prongsai.questionnaires.model import Questionnaire as Text
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms import texts as forms
from prongsai.web.surveys.forms.asking import sections
from prongsai.web.surveys.models import Questionnaire
from prongsai.web.surveys.queries import texts as queries
from prongsai.web.surveys.services import texts as services
from prongsai.web.ui.forms import posted_number, refuse

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
LANGUAGES = ("th", "en")
Act = Callable[[], object]


def _trail(scope: Scope, found: Questionnaire | None = None, last: str = "") -> list[tuple[str, str]]:
    code = scope.agency.code
    trail = [(_("แบบสำรวจ"), reverse("surveys", args=[code])), (_("แบบสอบถาม"), reverse("questionnaires", args=[code]))]
    if found is not None:
        trail.append((found.title, reverse("questionnaire", args=[code, found.pk]) if last else ""))
    return [*trail, (last, "")] if last else trail


def _found(scope: Scope, pk: int) -> Questionnaire:
    return get_object_or_404(queries.questionnaires_of(scope), pk=pk)


def _page(scope: Scope, pk: int, anchor: str = "") -> HttpResponse:
    return redirect(reverse("questionnaire", args=[scope.agency.code, pk]) + (f"#{anchor}" if anchor else ""))


# --- the list ---------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def questionnaires(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the questionnaires of the office and those of the library."""
    trail = [*_trail(scope)[:-1], (_("แบบสอบถาม"), "")]
    return render(request, "surveys/questionnaires.html", {"shelf": queries.shelf(scope), "trail": trail})


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def questionnaire_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Make an empty questionnaire."""
    form = forms.MakeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.make(scope, title=form.words("title"))
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("สร้างแล้ว เพิ่มคำถามได้เลย"))
            return _page(scope, made.pk)
    heading = _("สร้างแบบสอบถาม")
    context = {"form": form, "heading": heading, "trail": _trail(scope, last=heading), "button": _("สร้าง")}
    return render(request, "surveys/questionnaire_form.html", context, status=422 if form.is_bound else 200)


@allowed(Power.RUN_CYCLE)
@require_POST
def questionnaire_take(request: HttpRequest, scope: Scope, id: str) -> HttpResponse:
    """Take a questionnaire from the library."""
    try:
        taken = services.take(scope, id=id)
    except UnknownQuestionnaire as unknown:
        raise Http404 from unknown
    messages.success(request, _("นำมาจากคลังแล้ว"))
    return _page(scope, taken.pk)


@allowed(Power.RUN_CYCLE)
@require_POST
def questionnaire_copy(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Copy a questionnaire."""
    found = _found(scope, pk)
    try:
        made = services.copy(scope, questionnaire=found)
    except (ValidationError, ProngsaiError) as refused:
        messages.error(request, _told(refused))
        return _page(scope, pk)
    messages.success(request, _("ทำสำเนาแล้ว แก้ไขฉบับนี้ได้โดยไม่กระทบฉบับเดิม"))
    return _page(scope, made.pk)


@allowed(Power.RUN_CYCLE)
@require_POST
def questionnaire_shelve(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Put a questionnaire away or back."""
    found, away = _found(scope, pk), request.POST.get("away") == "1"
    done = _("เก็บเข้ากรุแล้ว การสำรวจที่ใช้อยู่ไม่เปลี่ยน") if away else _("นำกลับมาใช้แล้ว")
    version = _version(request)

    def act() -> object:
        return services.shelve(scope, questionnaire=found, version=version, is_shelved=away)

    return _pressed(request, scope, found, done, act)


def _version(request: HttpRequest) -> int:
    return posted_number(request.POST.get("version")) or 0


def _pressed(
    request: HttpRequest, scope: Scope, found: Questionnaire, done: str, act: Act, anchor: str = ""
) -> HttpResponse:
    """Do what a button says; whatever is refused is told on the page of the questionnaire."""
    try:
        act()
    except (ValidationError, ProngsaiError) as refused:
        messages.error(request, _told(refused))
    else:
        if done:
            messages.success(request, done)
    return _page(scope, found.pk, anchor)


def _told(refused: ValidationError | ProngsaiError) -> str:
    return refused.one_line if isinstance(refused, ProngsaiError) else " ".join(refused.messages)


# --- one of them ------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def questionnaire(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a questionnaire with its questions in order and what is wrong with it."""
    found = _found(scope, pk)
    return render(
        request, "surveys/questionnaire.html", {"page": queries.page_of(scope, found), "trail": _trail(scope, found)}
    )


@allowed(Power.SEE_WORK)
@require_safe
def questionnaire_preview(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a questionnaire as those who answer see it."""
    found = _found(scope, pk)
    return _preview(request, scope, found.pure, reverse("questionnaire", args=[scope.agency.code, pk]))


@allowed(Power.SEE_WORK)
@require_safe
def questionnaire_shipped(request: HttpRequest, scope: Scope, id: str) -> HttpResponse:
    """Show a questionnaire of the library as those who answer see it."""
    try:
        text = load(id)
    except UnknownQuestionnaire as unknown:
        raise Http404 from unknown
    return _preview(request, scope, text, reverse("questionnaires", args=[scope.agency.code]))


def _preview(request: HttpRequest, scope: Scope, text: Text, back: str) -> HttpResponse:
    asked = request.GET.get("language", get_language() or "th")
    language = asked if asked in LANGUAGES and text.title.of(asked) else "th"
    name = scope.agency.name_en if language == "en" and scope.agency.name_en else scope.agency.name
    context = {
        "language": language,
        "agency_name": name,
        "back": back,
        "is_english": bool(text.title.en),
        **{each: getattr(text, each).of(language) for each in ("title", "intro", "thanks", "group_question")},
    }
    with override(language):
        context["sections"] = sections(edit.showable(text), language)
        return render(request, "surveys/questionnaire_preview.html", context)


# --- writing ----------------------------------------------------------------------------------------------------------
def _changeable(scope: Scope, pk: int) -> Questionnaire:
    """Give a questionnaire that may be changed. Raises Http404: those that practise stay as they are."""
    found = _found(scope, pk)
    if found.pure.kind.is_practice:
        raise Http404
    return found


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def questionnaire_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change what stands around the questions."""
    found = _changeable(scope, pk)
    start = forms.TextsForm.start_of(found.pure) | {"version": found.version}
    form = forms.TextsForm(request.POST if request.method == "POST" else None, initial=start)
    heading = _("แก้ชื่อและคำชี้แจง")

    def act() -> object:
        return services.change_texts(scope, questionnaire=found, version=form.seen_version, **form.values)

    return _written(request, scope, found, form, act, {"heading": heading})


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def questionnaire_section_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Add a section."""
    return _section_page(request, scope, _changeable(scope, pk), None)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def questionnaire_section(request: HttpRequest, scope: Scope, pk: int, section: str) -> HttpResponse:
    """Change the heading of a section."""
    found = _changeable(scope, pk)
    return _section_page(request, scope, found, _section(found.pure, section))


def _section_page(request: HttpRequest, scope: Scope, found: Questionnaire, known: Section | None) -> HttpResponse:
    start = (forms.SectionForm.start_of(known) if known else {}) | {"version": found.version}
    form = forms.SectionForm(request.POST if request.method == "POST" else None, initial=start)
    key = known.key if known else edit.new_section_key(found.pure)

    def act() -> object:
        return services.save_section(scope, questionnaire=found, version=form.seen_version, section=form.section(key))

    drop = {"what": "section", "key": key} if known and not known.questions else None
    more = {"heading": _("แก้ส่วน") if known else _("เพิ่มส่วน"), "drop": drop, "anchor": f"section-{key}"}
    return _written(request, scope, found, form, act, more)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def questionnaire_question_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Add a question: first its type is chosen, then the rest."""
    found = _changeable(scope, pk)
    if not found.pure.sections:
        return redirect("questionnaire_section_add", scope.agency.code, pk)
    section = _section(found.pure, request.GET.get("section", found.pure.sections[-1].key))
    type = request.GET.get("type", "")
    if type not in set(QuestionType):
        context = {
            "questionnaire": found,
            "section": section,
            "types": queries.TYPES.items(),
            "trail": _trail(scope, found, _("เพิ่มคำถาม")),
        }
        return render(request, "surveys/question_type.html", context, status=422 if request.method == "POST" else 200)
    return _question(request, scope, found, QuestionType(type), None, section)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def questionnaire_question(request: HttpRequest, scope: Scope, pk: int, question: str) -> HttpResponse:
    """Change a question."""
    found = _changeable(scope, pk)
    try:
        known = found.pure.question(question)
    except KeyError as unknown:
        raise Http404 from unknown
    return _question(request, scope, found, known.type, known, edit.section_of(found.pure, question))


def _question(
    request: HttpRequest,
    scope: Scope,
    found: Questionnaire,
    type: QuestionType,
    known: Question | None,
    section: Section,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = forms.QuestionForm(found.pure, type, known, section.key, data, initial={"version": found.version})

    def act() -> object:
        return services.save_question(
            scope,
            questionnaire=found,
            version=form.seen_version,
            question=form.question,
            section=form.cleaned_data["section"],
            scale=form.chosen_scale,
        )

    more = {
        "heading": _("แก้คำถาม") if known else _("เพิ่มคำถาม"),
        "type": queries.TYPES[type],
        "drop": {"what": "question", "key": known.key} if known else None,
        "anchor": f"question-{known.key if known else edit.new_question_key(found.pure)}",
    }
    return _written(request, scope, found, form, act, more)


def _section(text: Text, key: str) -> Section:
    for section in text.sections:
        if section.key == key:
            return section
    raise Http404


def _written(
    request: HttpRequest, scope: Scope, found: Questionnaire, form: Any, act: Act, more: Mapping[str, Any]
) -> HttpResponse:
    """Save a form, or show it again with what is wrong; nothing typed is lost when somebody else was faster."""
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                act()
            except Stale as stale:
                form.renew(getattr(stale.current, "version", 0))
                more, status = {**more, "stale": stale}, 409
            except (ValidationError, ProngsaiError) as refused:
                refuse(form, refused)
            else:
                messages.success(request, _("บันทึกแล้ว"))
                return _page(scope, found.pk, more.get("anchor", ""))
    context = {"form": form, "questionnaire": found, "trail": _trail(scope, found, str(more["heading"])), **more}
    return render(request, "surveys/questionnaire_form.html", context, status=status)


@allowed(Power.RUN_CYCLE)
@require_POST
def questionnaire_move(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Move a question or a section one place up or down."""
    found, version = _changeable(scope, pk), _version(request)
    key, up, is_section = request.POST.get("key", ""), request.POST.get("way") == "up", _is_section(request)

    def act() -> object:
        return services.move(scope, questionnaire=found, version=version, key=key, up=up, is_section=is_section)

    return _pressed(request, scope, found, "", act, f"{'section' if is_section else 'question'}-{key}")


@allowed(Power.RUN_CYCLE)
@require_POST
def questionnaire_drop(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take a question or an empty section away."""
    found, version, key = _changeable(scope, pk), _version(request), request.POST.get("key", "")
    drop = services.drop_section if _is_section(request) else services.drop_question
    return _pressed(
        request, scope, found, _("ลบแล้ว"), lambda: drop(scope, questionnaire=found, version=version, key=key)
    )


def _is_section(request: HttpRequest) -> bool:
    return request.POST.get("what") == "section"
