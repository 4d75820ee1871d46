"""Forms for a letter's way up: its steps, signing, what was signed in ink, its number."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import Person, Post
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.forms import SafeFileField
from prongsai.web.letters.models import Decision, Letter, Number, Step, StepKind
from prongsai.web.letters.queries import chain as queries
from prongsai.web.letters.queries.numbers import kind_for, reserved_for
from prongsai.web.letters.queries.proposing import Proposed
from prongsai.web.ui.forms import ThaiDateField, ThaiIntegerField

ROWS_MORE = 3
OWN_WORDS, ROWS_MAX = "", 30
_DECISION_WORDS = {
    Decision.FORWARD: _("เสนอต่อ"),
    Decision.APPROVE: _("อนุมัติ / ลงนาม"),
    Decision.ACKNOWLEDGE: _("ทราบ"),
    Decision.RETURN: _("ส่งคืนให้แก้ไข"),
    Decision.REJECT: _("ไม่อนุมัติ"),
}


class OpinionForm(forms.Form):
    """What is decided at a step and what is said. The preset comes first, what is written after it."""

    decision = forms.ChoiceField(label=_("ผลการพิจารณา"), widget=forms.RadioSelect)
    preset = forms.ChoiceField(label=_("ความเห็นที่ใช้บ่อย"), required=False, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label=_("ความเห็นเพิ่มเติม หรือเขียนเอง"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ส่งคืนหรือไม่อนุมัติต้องบอกเหตุผล ความเห็นจะพิมพ์ไว้ในหนังสือ"),
    )

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = queries.decisions(step)
        self.choice("decision").choices = [(one.value, _DECISION_WORDS[one]) for one in allowed]
        if step.kind != StepKind.DECIDE:  # nothing is decided by forgetting to choose
            self.fields["decision"].initial = allowed[0].value
        words = queries.presets(step)
        if words:
            self.choice("preset").choices = [(OWN_WORDS, _("เขียนเอง")), *((one, one) for one in words)]
        else:
            del self.fields["preset"]
        if len(allowed) == 1:
            self.fields["decision"].widget = forms.HiddenInput()

    def choice(self, name: str) -> Any:
        """Give a field of choices; the type of ``fields`` does not know that it is one."""
        return self.fields[name]

    @property
    def said(self) -> dict[str, Any]:
        """What ``endorse`` takes of it."""
        given = self.cleaned_data
        words = [given.get("preset") or "", given.get("opinion") or ""]
        return {"decision": given["decision"], "opinion": "\n".join(word for word in words if word)}


class SignForm(OpinionForm):
    """Signing in the system: the opinion, and the password or the code of the app once more."""

    is_confirmed = forms.BooleanField(label=_("ตรวจแล้ว ชื่อหน่วยงานอื่นในรายงานถูกต้อง"), required=False)
    password = forms.CharField(
        label=_("รหัสผ่านของท่าน"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("ใส่อีกครั้งเพื่อยืนยันว่าท่านลงนามเอง"),
    )
    otp = forms.CharField(
        label=_("รหัส ๖ หลักจากแอปยืนยันตัวตน"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("ใส่รหัสล่าสุด เพื่อยืนยันว่าท่านลงนามเอง"),
    )

    def __init__(self, step: Step, *args: Any, asks_code: bool, asks_names: bool, **kwargs: Any) -> None:
        super().__init__(step, *args, **kwargs)
        secret, other = ("otp", "password") if asks_code else ("password", "otp")
        del self.fields[other]
        self.fields[secret].required = True
        if not asks_names or step.kind != StepKind.DECIDE:
            del self.fields["is_confirmed"]

    @property
    def proof(self) -> dict[str, str]:
        """What ``confirm`` takes of it."""
        return {name: self.cleaned_data.get(name) or "" for name in ("password", "otp")}


class ScanForm(OpinionForm):
    """What somebody signed in ink, entered from the scan of the paper."""

    file = SafeFileField(label=_("สำเนาสแกนที่ลงนามแล้ว"))
    signer = forms.ModelChoiceField(
        Person.objects.none(), label=_("ผู้ลงนาม"), required=False, empty_label=_("ผู้ดำรงตำแหน่งในวันนั้น")
    )
    signed_on = ThaiDateField(label=_("วันที่ที่ลงนามในกระดาษ"))
    is_confirmed = forms.BooleanField(label=_("ตรวจแล้ว ชื่อหน่วยงานอื่นในรายงานถูกต้อง"), required=False)
    field_order = ("file", "signer", "signed_on", "decision", "preset", "opinion", "is_confirmed")

    def __init__(self, step: Step, *args: Any, asks_names: bool, has_scan: bool, **kwargs: Any) -> None:
        super().__init__(step, *args, **kwargs)
        people: Any = self.fields["signer"]
        if step.post:
            people.queryset = Person.objects.filter(appointments__post=step.post).distinct()
        else:
            del self.fields["signer"]
        if has_scan:
            self.fields["file"].required = False
            self.fields["file"].help_text = _("เว้นว่างได้ ถ้าลงนามในกระดาษแผ่นเดียวกับที่แนบไว้แล้ว")
        if not asks_names or step.kind != StepKind.DECIDE:
            del self.fields["is_confirmed"]


class PaperForm(forms.Form):
    """The scan of a paper that was signed in ink as well."""

    file = SafeFileField(label=_("สำเนาสแกนที่ลงนามแล้ว"))


# --- steps ----------------------------------------------------------------------------------------------------------
class StepForm(forms.Form):
    """A post on the way. place: where it stands among the others; without a post the row is taken out."""

    place = ThaiIntegerField(label=_("ลำดับ"), min_value=1, max_value=99)
    post = forms.ModelChoiceField(Post.objects.none(), label=_("ตำแหน่ง"), required=False, empty_label=_("– ไม่ใช้ –"))
    opinion_of = forms.CharField(label=_("พิมพ์ว่าความเห็นของ"), required=False, max_length=200)

    def __init__(self, posts: QuerySet[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["post"]
        field.queryset = posts


class StepForms:
    """The steps after who drafted the letter; the last of them decides."""

    def __init__(self, scope: Scope, letter: Letter, shown: list[tuple[Post, str]], data: Any = None) -> None:
        self.letter = letter
        self.posts = Post.objects.filter(agency=scope.agency).on(scope.today)
        count = _count(data) if data else len(shown) + ROWS_MORE
        self.rows = [self._row(at, shown, data) for at in range(count)]

    def _row(self, at: int, shown: list[tuple[Post, str]], data: Any) -> StepForm:
        post, opinion_of = shown[at] if at < len(shown) else (None, "")
        initial = {"place": at + 1, "post": post, "opinion_of": opinion_of}
        return StepForm(self.posts, data, prefix=f"step-{at}", initial=initial)

    def is_valid(self) -> bool:
        """Look at every row."""
        checked = [row.is_valid() for row in self.rows]  # every one, so that each shows its faults
        return all(checked)

    @property
    def chosen(self) -> list[Proposed]:
        """The steps, who drafted the letter first, in the order of the numbers beside them."""
        drafter = self.letter.drafter
        first = [Proposed(1, StepKind.MAKE, None, drafter, "", str(drafter))] if drafter else []
        used = [row.cleaned_data for row in self.rows if row.cleaned_data.get("post")]
        used.sort(key=lambda given: given["place"])
        kinds = [StepKind.OPINION] * (len(used) - 1) + [StepKind.DECIDE]
        return first + [
            Proposed(place, kind, given["post"], None, given["opinion_of"], "")
            for place, (kind, given) in enumerate(zip(kinds, used, strict=False), start=len(first) + 1)
        ]


def _count(data: Any) -> int:
    rows = {name.split("-")[1] for name in data if name.startswith("step-") and name.endswith("-place")}
    return min(len(rows), ROWS_MAX)


# --- numbers --------------------------------------------------------------------------------------------------------
class NumberForm(forms.Form):
    """The number and day that a letter gets: the next one, or one that was reserved."""

    dated = ThaiDateField(label=_("ลงวันที่"))
    number = forms.ModelChoiceField(
        Number.objects.none(), label=_("เลขที่"), required=False, empty_label=_("เลขถัดไปของทะเบียน")
    )

    def __init__(self, scope: Scope, letter: Letter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["number"]
        field.queryset = reserved_for(scope, kind_for(letter))
        field.label_from_instance = _reserved


def _reserved(number: Number) -> str:
    return f"{number.text} ({number.subject})" if number.subject else number.text
