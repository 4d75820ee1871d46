"""What an agency decides about an office, and answers it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.web.mentor.forms.looking import TEXT_MAX


class JoinForm(forms.Form):
    """Taking part, with or without examples."""

    shows_examples = forms.BooleanField(label=_("ให้ใช้หน้าเว็บที่เผยแพร่แล้วเป็นตัวอย่างที่ดีด้วย"), required=False)


class AnswerForm(forms.Form):
    """The one answer to a message."""

    text = forms.CharField(
        label=_("คำตอบ"),
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("ตอบได้ครั้งเดียว หน่วยงานพี่เลี้ยงเห็นคำตอบ แต่ไม่เห็นชื่อผู้ตอบ อย่าใส่ข้อมูลส่วนบุคคล"),
    )
