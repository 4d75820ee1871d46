"""The form on which a paper goes up: the opinion and the signature of every step of the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper
from prongsai.reports.forms.parts import Words
from prongsai.reports.forms.signing import Chain, Opinion
from prongsai.reports.forms.values import Declared, Kind

NAME = "opinion-form"
TITLE_TH = "แบบความเห็นและการลงนาม"


@dataclass(frozen=True, slots=True)
class OpinionForm:
    """A paper and the steps that it went through, from the owner of the matter up."""

    agency: str
    letter: str
    dated: date | None
    subject: str
    steps: tuple[Opinion, ...]


def _check(form: OpinionForm) -> Sequence[Problem]:
    problems = []
    for number, step in enumerate(form.steps):
        if number and not step.opinion:
            problems.append(
                finding("OPINION_MISSING", Severity.ERROR, f"{step.opinion_of} gives no opinion",
                        f"{step.opinion_of} ยังไม่มีความเห็น", mend_th="เขียนความเห็นหรือคำสั่งการ")
            )  # fmt: skip
        before = form.steps[number - 1].signed.on if number else None
        if before and step.signed.on and step.signed.on < before:
            problems.append(
                finding("OPINION_ORDER", Severity.ERROR, f"{step.signed.name} signed before the step below",
                        f"{step.signed.name} ลงนามก่อนลำดับก่อนหน้า", mend_th="ตรวจวันที่ลงนาม")
            )  # fmt: skip
    return problems


PAPER = Paper(
    NAME,
    TITLE_TH,
    OpinionForm,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("หนังสือที่", Declared("letter", name="เลขที่หนังสือ", required=False)),),
                (("ลงวันที่", Declared("dated", Kind.DATE, "วันที่ของหนังสือ", style="full", required=False)),),
                (("เรื่อง", Declared("subject", name="เรื่อง")),),
            ),
            other={"letter": ("ที่",), "agency": ("ส่วนราชการ",), "dated": ("วันที่",)},
        ),
        Chain("steps"),
    ),
    title=lambda form: f"{TITLE_TH} {form.subject}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
