"""What mail about a survey says: in Thai, with a few lines of English where the survey has an English title."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.questionnaires.length import minutes_of
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.tokens import shown_code
from prongsai.web.ui.templatetags.ui import thai_digits, thai_time


class Invitation:
    """A letter with a code. subject: the same for everybody; link: makes the link of a code."""

    def __init__(self, survey: Survey, link: Callable[[str], str]) -> None:
        self._survey, self._link = survey, link
        self._told = _told(survey)
        with override("th"):
            self.subject = _("ขอเชิญตอบ {title}").format(**self._told)

    def of(self, code: str) -> str:
        """Give the text of the letter that holds a code."""
        with override("th"):
            text = _(
                "{agency} ขอเชิญท่านตอบ {title} ใช้เวลาประมาณ {minutes} นาที ตอบได้ถึง {until}\n\n"
                "เปิดลิงก์นี้เพื่อตอบ ใช้ได้ครั้งเดียว\n{link}\n\n"
                "หรือเปิด {page} แล้วใส่รหัส {code}\n\n"
                "รหัสนี้สุ่มแจก ไม่ผูกกับชื่อหรืออีเมลของท่าน ไม่มีใครรู้ว่าท่านตอบว่าอะไร "
                "ผลแสดงเฉพาะเมื่อมีผู้ตอบรวมกันตั้งแต่ {k} คน\n"
            )
        link = self._link(code)
        told = {"link": link, "page": link.partition("#")[0], "code": shown_code(code)}
        return (text + self._english()).format(**self._told, **told)

    def _english(self) -> str:
        if not self._survey.title_en:
            return ""
        return (
            "\n---\n{title_en}\nPlease open the link above, or open {page} and enter the code {code}. "
            "It takes about {minutes_en} minutes and works once. Codes were dealt out by chance and "
            "belong to no name or address: nobody can tell what you answered.\n"
        )


class Reminder:
    """A letter without a code, to everybody."""

    def __init__(self, survey: Survey) -> None:
        told = _told(survey)
        with override("th"):
            self.subject = _("ขอเชิญตอบ {title} ภายใน {until}").format(**told)
            text = _(
                "{agency} ส่งลิงก์หรือรหัสตอบ {title} ให้ท่านไปแล้ว ตอบได้ถึง {until}\n\n"
                "หากท่านตอบแล้ว ขอขอบคุณ ไม่ต้องทำอะไร จดหมายนี้ส่งถึงทุกคนเหมือนกัน "
                "เพราะระบบไม่เก็บว่าใครตอบแล้ว\n"
            )
        english = (
            "\n---\n{title_en}: if you have answered, thank you. No record is kept of who has: all get this letter.\n"
        )
        self.text = (text + (english if survey.title_en else "")).format(**told)


def _told(survey: Survey) -> dict[str, str]:
    minutes = minutes_of(survey.pure)
    with override("th"):
        return {
            "agency": str(survey.agency),
            "title": " ".join(survey.title.split()),
            "title_en": survey.title_en,
            "minutes": thai_digits(minutes),
            "minutes_en": str(minutes),
            "until": thai_time(survey.closes_at),
            "k": thai_digits(survey.k),
        }
