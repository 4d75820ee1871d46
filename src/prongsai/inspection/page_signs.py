"""What is wrong with a page that opens: it says that it is not there, asks for a password, is an empty shell."""

import re
from collections.abc import Iterator, Mapping

from prongsai.errors import Problem
from prongsai.inspection.addresses import Address
from prongsai.inspection.peek import Peek
from prongsai.inspection.report import problem

LITTLE, SOME = 60, 700  # letters: of a shell, of a page with hardly more than a notice
_MOST_SHOWN = 5
_NOT_FOUND_HEAD = re.compile(
    r"^\W*(?:(?:error|รหัส)\W*)?404\W*$|(?:^|\W)404\W*(?:not found|error|page|ไม่พบ)|page not found|^\W*not found\W*$"
    r"|ไม่พบ(?:หน้า|เพจ|เนื้อหา|ไฟล์|เอกสาร|บทความ)(?=\W|$|ที่(?:คุณ|ท่าน|ต้องการ|ร้องขอ|ค้นหา|เรียก)|นี้|เว็บ|เพจ|ดังกล่าว)"
    r"|หน้า(?:เว็บ|เพจ|ที่)[^.]{0,40}(?:ไม่มีอยู่|ไม่พบ|ถูกลบ)",
    re.IGNORECASE,
)
_NOT_FOUND_TEXT = re.compile(
    r"ไม่พบ(?:หน้า|เพจ|เนื้อหา|ไฟล์|เอกสาร|บทความ|ข้อมูล)(?:ที่|นี้)|page (?:you (?:are looking for|requested)|not found)"
    r"|(?:could not|cannot|can't) be found|404\W{0,3}(?:not found|error)"
    r"|หน้าที่(?:คุณ|ท่าน)(?:ต้องการ|ค้นหา|เรียก)[^.]{0,30}(?:ไม่|ถูกลบ)",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?:อยู่(?:ใน)?ระหว่าง|กำลัง)(?:การ)?(?:ดำเนินการ)?(?:ปรับปรุง|พัฒนา|จัดทำ|อัปเดต|อัพเดท|รวบรวม)(?=\W|$|เว็บ|ระบบ|ข้อมูล|หน้า|เพจ|เนื้อหา|เอกสาร)"
    r"|ปิดปรับปรุง(?:เว็บ|ระบบ|ชั่วคราว|$)|(?:พบกัน|เปิดให้บริการ|เผยแพร่)เร็ว\s?ๆ\s?นี้"
    r"|under (?:construction|maintenance)|coming soon|site is being built",
    re.IGNORECASE,
)
_LOGIN_HEAD = re.compile(r"เข้าสู่ระบบ|ลงชื่อเข้า(?:ใช้|ระบบ)|log\s?-?in|sign\s?-?in|สมาชิก", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"(?:^|[/_.-])(?:log-?in|sign-?in|auth|sso|wp-login|accounts)(?:$|[/_.?-])", re.IGNORECASE)
_GAMBLING = re.compile(
    r"สล็อต|บาคาร่า|คาสิโน|แทงบอล|แทงหวย|หวยออนไลน์|เว็บพนัน|เครดิตฟรี|ฝากถอนออโต้|เว็บตรง|ไฮโลออนไลน์|ยิงปลา|slot\s?gacor|judi\s?(?:online|slot)|togel|pgslot|ufabet|sbobet",
    re.IGNORECASE,
)
_FOR_SALE = re.compile(
    r"(?:this )?domain (?:name )?(?:is|may be) for sale|buy this domain|domain (?:has )?expired"
    r"|โดเมน(?:นี้)?หมดอายุ|ขายโดเมน",
    re.IGNORECASE,
)
_GAMBLING_WORDS_MIN = 3


def signs(
    asked: Address, final: Address, page: Peek, headers: Mapping[str, str], *, has_moved: bool
) -> Iterator[Problem]:
    """Give what a page that answered 200 shows. has_moved: whether a redirect led to it."""
    here = str(asked)
    yield from _walls(here, final, page, has_moved=has_moved)
    yield from _shells(here, page)
    insecure = page.insecure if final.scheme == "https" else ()
    if insecure:
        yield problem("REACH_MIXED", here, insecure[:_MOST_SHOWN], count=len(insecure))
    if page.local:
        yield problem("REACH_LOCAL_LINKS", here, page.local[:_MOST_SHOWN], count=len(page.local))
    if is_unlisted(page, headers):
        yield problem("REACH_NOINDEX", here)
    if asked.fragment and not _has_anchor(asked.fragment, page):
        yield problem("REACH_FRAGMENT", here, fragment=asked.fragment[:80])


def is_unlisted(page: Peek | None, headers: Mapping[str, str]) -> bool:
    """Whether search engines are asked not to list it."""
    said = f"{headers.get('x-robots-tag', '')},{page.robots if page else ''}".lower()
    return bool(re.search(r"(?:^|[,\s:])(?:noindex|none)(?:$|[,\s])", said))


def _walls(here: str, final: Address, page: Peek, *, has_moved: bool) -> Iterator[Problem]:
    found = not_found_words(page)
    if found:
        yield problem("REACH_SOFT_404", here, words=found)
    elif is_login(final, page, has_moved=has_moved):
        yield problem("REACH_LOGIN", here)
    hijacked = hijacked_words(page)
    if hijacked:
        yield problem("REACH_HIJACKED", here, words=", ".join(hijacked[:_MOST_SHOWN]))


def not_found_words(page: Peek) -> str:
    """Give the words with which a page says that it was not found; empty when it does not."""
    for head in (page.title, *page.heads):
        if len(head) < 200 and _NOT_FOUND_HEAD.search(head):
            return head[:120]
    found = _NOT_FOUND_TEXT.search(page.plain) if len(page.plain) < SOME else None
    return _around(page.plain, found) if found else ""


def is_login(final: Address, page: Peek, *, has_moved: bool) -> bool:
    """Whether one must sign in: a form with a password, and hardly anything else. Many home pages have a small one."""
    if page.password_form is None:
        return False
    if has_moved and _LOGIN_PATH.search(final.target):
        return True
    rest = len(page.plain) - len(page.password_form)
    return rest < LITTLE or (rest < SOME and any(_LOGIN_HEAD.search(head) for head in (page.title, *page.heads)))


def hijacked_words(page: Peek) -> list[str]:
    """Give the words that no office writes: several of gambling, or that the domain is for sale."""
    linked = " ".join(link.text for link in page.links)
    said = f"{page.title} {page.text} {linked}"
    found = list(dict.fromkeys(word.lower() for word in _GAMBLING.findall(said)))
    if len(found) >= _GAMBLING_WORDS_MIN:
        return found
    sold = _FOR_SALE.search(said) if len(page.plain) < SOME else None
    return [sold[0]] if sold else []


def _shells(here: str, page: Peek) -> Iterator[Problem]:
    """Tell a page without words of its own."""
    found = _UNFINISHED.search(page.plain) if len(page.plain) < SOME else None
    if found:
        yield problem("REACH_UNFINISHED", here, words=_around(page.plain, found))
    elif page.has_frameset or (page.frames and len(page.text) < LITTLE):
        yield problem("REACH_FRAME_ONLY", here, to=", ".join(page.frames[:3]))
    elif page.scripts and len(page.text) < LITTLE and not page.pictures and len(page.links) < 3:
        yield problem("REACH_SCRIPT_ONLY", here)


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 20) : found.end() + 40].strip()


def _has_anchor(fragment: str, page: Peek) -> bool:
    from_text = fragment.startswith((":~:", "/", "!", "page=", "zoom="))
    return from_text or fragment in page.anchors or fragment.lower() == "top"
