"""Rules about ways to reach the office: contact facts, two-way questions, online requests, the corruption channel."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from prongsai.frameworks.model import Element
from prongsai.inspection.addresses import place_of
from prongsai.inspection.case import Case, Finding, Kind, Options, failed, not_found, passed, together, unsure
from prongsai.inspection.model import Link, WebPage
from prongsai.inspection.rules.people import MAIL, PHONE
from prongsai.inspection.view import is_map
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import fold

FIELDS_MIN = 2
_ADDRESS = re.compile(
    r"(?:เลขที่|หมู่ที่|หมู่|ม\.|ถนน|ถ\.|ซอย|สำนักงานเทศบาล|ที่ทำการ|ที่อยู่|\d+/?\d*)[^\n]{0,120}?(?:ตำบล|ต\.|แขวง)[^\n]{1,40}?(?:อำเภอ|อ\.|เขต)[^\n]{1,40}?(?:จังหวัด|จ\.|กรุงเทพ|กทม|\d{5})"
    r"|(?:ตำบล|ต\.|แขวง)[^\n]{1,40}?(?:อำเภอ|อ\.|เขต)[^\n]{1,40}?(?:จังหวัด|จ\.|กรุงเทพ)[^\n]{1,30}?\d{5}"
    r"|\d+[^\n]{0,100}(?:sub-?district|district)[^\n]{0,60}province"
)
_PARTS = tuple(
    map(
        re.compile,
        (
            r"(?:ตำบล|แขวง|(?<![ก-๎])ต\.)[ก-๎]{2,}",
            r"(?:อำเภอ|เขต|(?<![ก-๎])อ\.)[ก-๎]{2,}",
            r"จังหวัด[ก-๎]{2,}|(?<![ก-๎])จ\.[ก-๎]{2,}|กรุงเทพ",
            r"(?<!\d)[1-9]\d{4}(?!\d)",
        ),
    )
)
_PHONE_AFTER = re.compile(
    r"(?:โทร(?!สาร)|tel|phone|ติดต่อ|สายด่วน|เบอร์)[^0-9\n]{0,30}[0-9][0-9 ()./,-]{6,}", re.IGNORECASE
)
_FAX = re.compile(r"(?:โทรสาร|แฟ[กซ]+์?|fax)[^0-9\n]{0,20}(?:[0-9][0-9 ()./-]{6,}|-|ไม่มี|ต่อ)", re.IGNORECASE)
_MAP_WORDS = re.compile(r"แผนที่|พิกัด|map|ที่ตั้ง")
_TWO_WAY = re.compile(
    r"m\.me/|messenger\.com|line\.me/|lin\.ee|line://|tawk\.to|crisp\.chat|livechat|chatbot|webchat|customerchat|wa\.me|t\.me/|botnoi|zwiz|dialogflow|chatra|zendesk|smartsupp|userlike",
    re.IGNORECASE,
)
_LINE_ID = re.compile(
    r"(?<![a-z])(?:line|ไลน์)(?:oa|id|official)?@[a-z0-9._-]{3,}"
    r"|(?:(?<![a-z])line|ไลน์)[^\n]{0,20}?(?<![a-z0-9._-])@[a-z0-9._-]{3,}|(?<![a-z0-9._-])@[0-9]{3}[a-z]{5}(?![a-z])"
)
_TALKS = re.compile(r"messenger|lineoa|lineofficial|(?:line|ไลน์)ทางการ|แชท|chat|กล่องสนทนา|ห้องสนทนา|อินบ็?อกซ์|inbox")
_BOARD = re.compile(r"กระดานถาม-?ตอบ|กระดานข่าว|กระดานสนทนา|เว็บบอร์ด|webboard|ถาม-?ตอบ|q&a|q&amp;a|สายตรงนายก")
_ANSWER = re.compile(
    r"(?:^|\n)(?:ตอบ|คำตอบ|ผู้ตอบ|เจ้าหน้าที่ตอบ|ตอบกลับ|ตอบโดย|ตอบคำถาม|answer|a:)|ตอบเมื่อ|ตอบแล้ว|คำตอบ(?:จาก|ของ|:)|ผู้ตอบ"
)
_WALL = re.compile(r"facebook\.com|fb\.com", re.IGNORECASE)
_FORMS = re.compile(
    r"forms\.gle|docs\.google\.com/forms|forms\.office\.com|forms\.microsoft|surveymonkey|jotform|typeform|/e-?service|eservice|/oss(?:/|$)|traffyfondue|bizportal|/form|/apply|/request|/complain|/complaint|/ticket",
    re.IGNORECASE,
)
_APPLY = re.compile(
    r"ยื่นคำ(?:ขอ|ร้อง)|ขอรับบริการ|ขอใช้บริการ|คำร้องออนไลน์|คำขอออนไลน์|ยื่นออนไลน์|แบบคำร้องออนไลน์|เข้าสู่ระบบบริการ|เข้าใช้บริการ|จองคิว|ชำระภาษีออนไลน์|แจ้งออนไลน์|ร้องเรียนออนไลน์|แจ้งเบาะแส|แจ้งเรื่องร้องเรียน"
)
_FORM_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|zip)$", re.IGNORECASE)
_DOWNLOAD = re.compile(
    r"ดาวน์โหลด[^\n]{0,20}(?:แบบ|ฟอร์ม|คำร้อง|คำขอ)|แบบ(?:ฟอร์ม|คำร้อง|คำขอ)[^\n]{0,30}(?:ดาวน์โหลด|pdf|word|doc)|download[^\n]{0,20}form"
)
_OF_A_PAGE = re.compile(r"/(?:#.*|\?[^/]*|v\d+(?:/.*)?|index\.\w+|page[-/]?\d+/?)?$")  # its versions, parts, anchors
_LOGIN = re.compile(r"รหัสผ่าน|ผู้ใช้|password|username|login|อีเมล|email|จดจำ|remember|otp")
_CORRUPT = re.compile(r"ทุจริต|ประพฤติมิชอบ|corruption")
_GENERAL = re.compile(
    r"ร้องทุกข์|เรื่องทั่วไป|ร้องเรียนทั่วไป|ไฟฟ้าสาธารณะ|ไฟฟ้า|ถนน|น้ำประปา|เหตุรำคาญ|ขยะ|น้ำท่วม|แจ้งซ่อม|เหตุเดือดร้อน|ศูนย์ดำรงธรรม|ข้อเสนอแนะ|สอบถาม|การให้บริการ|จัดเก็บภาษี|เสียงดัง"
)


def _visible(case: Case, *, around: bool = True) -> Iterator[tuple[str, str]]:
    """Give the words of pages and papers with their addresses, menus and feet last."""
    for source in case.view.sources:
        yield source.address, "\n".join(passage.text for passage in source.passages)
    for page in case.pile.pages if around else ():
        yield page.address, page.around


def facts(case: Case, element: Element, options: Options) -> Finding:
    """Find each contact fact that is asked for."""
    look = {"address": _address, "phone": _phone, "fax": _fax, "email": _email, "map": _map}
    return together(look[one](case) for one in options["want"])


def _address(case: Case) -> Finding:
    for at, text in _visible(case):
        folded = "\n".join(map(fold, text.split("\n")))
        if found := _ADDRESS.search(folded):
            return passed(f"พบที่อยู่: “{found[0][:60]}”", address=at)
        if sum(bool(part.search(folded)) for part in _PARTS) >= 3 and _PARTS[0].search(folded):
            return passed("พบตำบล อำเภอ จังหวัด หรือรหัสไปรษณีย์", address=at)
    return not_found(case, "ไม่พบที่อยู่ของหน่วยงาน", "เพิ่มเลขที่ ถนน ตำบล อำเภอ จังหวัด และรหัสไปรษณีย์เป็นข้อความ")


def _phone(case: Case) -> Finding:
    for at, text in _visible(case):
        plain = to_arabic(text)
        without_fax = re.sub(r"(?:โทรสาร|แฟ[กซ]+์?|[Ff]ax|FAX)[^\n0-9]{0,20}[0-9 ()./-]+", " ", plain)
        if found := _PHONE_AFTER.search(without_fax) or PHONE.search(without_fax):
            return passed(f"พบหมายเลขโทรศัพท์: “{found[0][:40].strip()}”", address=at)
    if any(link.address.startswith("tel:") for page in case.pile.pages for link in page.links):
        return passed("มีลิงก์โทรศัพท์", address=case.pile.address)
    return not_found(case, "ไม่พบหมายเลขโทรศัพท์", "เพิ่มหมายเลขโทรศัพท์เป็นข้อความ")


def _fax(case: Case) -> Finding:
    for at, text in _visible(case):
        if found := _FAX.search(to_arabic(text)):
            return passed(f"พบโทรสาร: “{found[0][:40].strip()}”", address=at)
    return not_found(case, "ไม่พบหมายเลขโทรสาร", "เพิ่มหมายเลขโทรสาร ถ้าไม่มีให้เขียนว่าไม่มี")


def _email(case: Case) -> Finding:
    for at, text in _visible(case):
        if found := MAIL.search(text):
            return passed(f"พบอีเมล: “{found[0]}”", address=at)
    if any(link.address.startswith("mailto:") for page in case.pile.pages for link in page.links):
        return passed("มีลิงก์อีเมล", address=case.pile.address)
    return not_found(case, "ไม่พบอีเมล", "เพิ่มอีเมลของหน่วยงานเป็นข้อความ")


def _map(case: Case) -> Finding:
    for page in case.pile.pages:
        frame = next((one for one in page.frames if is_map(one)), None)
        link = next((one.address for one in page.links if is_map(one.address)), None)
        picture = next(
            (
                one
                for one in page.pictures
                if _MAP_WORDS.search(fold(f"{one.alt} {one.near}")) and not is_logo(one.address)
            ),
            None,
        )
        if frame or link or picture:
            return passed("มีแผนที่ตั้ง", address=frame or link or (picture.address if picture else page.address))
    hit = case.view.first(re.compile("แผนที่|พิกัด"))
    if hit and (hit[0].paper or any(page.frames or page.pictures for page in case.pile.pages)):
        return unsure(f"พบคำว่า “{hit[1].shown}” แต่เครื่องไม่เห็นแผนที่", "เปิดดูว่ามีแผนที่ตั้ง", *hit)
    return not_found(case, "ไม่พบแผนที่ตั้ง", "ฝังแผนที่ หรือใส่รูปแผนที่พร้อมลิงก์")


def is_logo(address: str) -> bool:
    """Whether a picture is a sign of the office and no map."""
    return bool(re.search("logo|icon|banner", address, re.IGNORECASE))


# Two ways


def two_way(case: Case, element: Element, options: Options) -> Finding:
    """Find a channel in which the office answers: a chat, LINE official account, a board with answers."""
    for page in case.pile.pages:
        chat = next(
            (one for one in (*page.frames, *(link.address for link in page.links)) if _TWO_WAY.search(one)), None
        )
        if chat:
            return passed(f"มีช่องทางสนทนา {chat[:60]}", address=page.address)
    for at, text in _visible(case):
        if found := _LINE_ID.search(fold(text)):
            return passed(f"มี LINE ทางการ {found[0][-20:]}", address=at)
    board = case.view.first(_BOARD, links=True)
    if board:
        if _ANSWER.search(board[0].folded):
            return passed(f"มีกระดานถามตอบที่มีคำตอบ: “{board[1].shown}”", *board)
        if any(len(page.fields) >= 1 for page in case.pile.pages):
            return unsure("มีแบบฟอร์มหรือกระดานถาม แต่ไม่เห็นคำตอบของหน่วยงาน", "แสดงคำถามที่ตอบแล้ว หรือเปิดช่องสนทนา", *board)
    said = board or case.view.first(_TALKS, links=True)
    if said and not any(page.fields for page in case.pile.pages):
        return unsure(f"กล่าวถึง “{said[1].shown}” แต่เครื่องไม่เห็นช่องทางนั้น", "ใส่ลิงก์ไปยังช่องทางที่ถามและตอบได้", *said)
    mend = "เปิดช่องทางที่ถามและตอบได้ เช่น Messenger, LINE OA, Chatbot หรือกระดานถามตอบที่มีคำตอบ"
    if any(_WALL.search(link.address) for page in case.pile.pages for link in page.links) and not board:
        return not_found(case, "มีเพียงลิงก์หน้าเพจ ซึ่งไม่ใช่ช่องทางถามตอบสองทาง", mend)
    if any(page.fields for page in case.pile.pages):
        return not_found(case, "มีเพียงแบบฟอร์มส่งทางเดียว", mend)
    return not_found(case, "ไม่พบช่องทางสอบถามแบบสองทาง", mend)


# Online


def online(case: Case, element: Element, options: Options) -> Finding:
    """Find a form or an application to go into; files to print and bring are none."""
    for page in case.pile.pages:
        if len(page.fields) >= FIELDS_MIN and all(_LOGIN.search(fold(one)) for one in page.fields):
            return unsure("ต้องเข้าสู่ระบบก่อน เครื่องจึงไม่เห็นแบบฟอร์ม", "ลองยื่นคำขอจริงหนึ่งเรื่อง", address=page.address)
        if len(page.fields) >= FIELDS_MIN:
            return passed(f"มีแบบฟอร์มกรอกออนไลน์ {len(page.fields)} ช่อง", address=page.address)
    framed = next((one for page in case.pile.pages for one in page.frames if _FORMS.search(one)), None)
    if framed:
        return passed("มีแบบฟอร์มออนไลน์ฝังอยู่ในหน้า", address=framed)
    links = [link for page in case.pile.pages for link in page.links if link not in page.menu]
    entry = next((link for link in links if _is_entry(link, case.pile.address)), None)
    if entry:
        if re.search(r"forms\.gle|google\.com/forms|forms\.office", entry.address):
            return passed(f"มีลิงก์เข้าแบบฟอร์มออนไลน์ “{entry.text[:40]}”", address=entry.address)
        return unsure(f"มีลิงก์ “{entry.text[:40]}” ที่น่าจะเป็นระบบ", "ลองยื่นคำขอจริงหนึ่งเรื่อง", address=entry.address)
    files = [link for link in links if _FORM_FILE.search(urlsplit(link.address).path)]
    text = "\n".join(source.folded for source in case.view.sources)
    mend = "เปิดให้กรอกและส่งคำขอทางออนไลน์ได้ ไม่ใช่ดาวน์โหลดแบบฟอร์มไปยื่นเอง"
    if files or _DOWNLOAD.search(text):
        return failed(
            "มีเพียงแบบฟอร์มให้ดาวน์โหลด ไม่ได้ยื่นทางออนไลน์", mend, address=files[0].address if files else case.pile.address
        )
    return not_found(case, "ไม่พบแบบฟอร์มหรือระบบออนไลน์", mend)


def _is_entry(link: Link, own: str) -> bool:
    """Whether a link leads to where something can be sent. own: address of the page, whose own words tell nothing."""
    if _FORM_FILE.search(urlsplit(link.address).path) or not link.address.startswith(("http:", "https:")):
        return False
    if _WALL.search(link.address):
        return False
    beyond = "/" + link.address.removeprefix(own.removesuffix("index.html").rstrip("/") + "/")
    if link.address == own or _OF_A_PAGE.match(beyond):
        return False
    return bool(_FORMS.search(beyond) or _APPLY.search(fold(link.text)))


def separate_channel(case: Case, element: Element, options: Options) -> Finding:
    """See that corruption is told apart from general complaints: its own page, its own form."""
    pages = case.pile.pages
    if not pages or not any(_CORRUPT.search(fold(f"{page.title} {page.text}")) for page in pages):
        return not_found(case, "หน้านี้ไม่กล่าวถึงการทุจริตและประพฤติมิชอบ", "ทำหน้าแจ้งเรื่องทุจริตแยกจากร้องเรียนทั่วไป")
    mend = "ทำช่องทางแจ้งการทุจริตของเจ้าหน้าที่แยกจากร้องเรียนร้องทุกข์ทั่วไป"
    for page in pages:
        mixed = next((one for one in page.fields if _CORRUPT.search(fold(one)) and _GENERAL.search(fold(one))), None)
        if mixed:
            return failed(f"แบบฟอร์มเดียวรับทั้งเรื่องทั่วไปและทุจริต: “{mixed[:70]}”", mend, address=page.address)
    page = pages[0]
    heads = fold(" ".join((page.title, *(p.text for source in case.view.pages[:1] for p in source.head))))
    if page.fields and _GENERAL.search(heads) and not re.search(r"แยกจาก|เฉพาะ", heads):
        return failed(f"หน้าเป็นช่องทางร้องเรียนทั่วไป: “{page.title[:60]}”", mend, address=page.address)
    if _CORRUPT.search(heads) and (page.fields or _channel_links(page)):
        return passed("มีช่องทางแจ้งการทุจริตเป็นหน้าของตัวเอง", address=page.address)
    if _CORRUPT.search(heads):
        return unsure("หัวข้อเป็นเรื่องทุจริต แต่เครื่องไม่เห็นช่องทางส่งเรื่อง", "ลองส่งเรื่องทดสอบ", address=page.address)
    return not_found(case, "หัวข้อของหน้าไม่ได้บอกว่าเป็นช่องทางแจ้งการทุจริต", mend)


def _channel_links(page: WebPage) -> bool:
    return any(_is_entry(link, page.address) for link in page.links) or any(_FORMS.search(one) for one in page.frames)


def linked(case: Case, element: Element, options: Options) -> Finding:
    """See that the page is reached from the home page; only who walked the site can tell."""
    if case.clicks is None:
        return unsure("ยังไม่ได้เดินจากหน้าแรก", "ตรวจด้วย prongsai inspect หรือเปิดจากหน้าแรกเอง", address=case.pile.address)
    known = {_place(address): clicks for address, clicks in case.clicks.items()}
    own = [case.pile.address, *(page.address for page in case.pile.pages[:1])]
    steps = next((known[place] for place in map(_place, own) if place in known), None)
    if steps is None:
        return failed("เดินจากหน้าแรกไม่ถึงหน้านี้", "เพิ่มลิงก์จากหน้าแรกหรือเมนู", address=case.pile.address)
    return passed(f"ถึงได้จากหน้าแรกใน {steps} คลิก", address=case.pile.address)


def _place(address: str) -> str:
    return place_of(address.removesuffix("index.html"))


def social(case: Case, element: Element, options: Options) -> Finding:
    """Find a link to a social network of the office."""
    pattern = re.compile(
        r"facebook\.com/|fb\.com/|line\.me|lin\.ee|youtube\.com/|instagram\.com/|tiktok\.com/|x\.com/|twitter\.com/",
        re.IGNORECASE,
    )
    link = next(
        (
            link
            for page in case.pile.pages
            for link in page.links
            if pattern.search(link.address) and "sharer" not in link.address
        ),
        None,
    )
    if link:
        return passed(f"มีลิงก์ไปยัง {urlsplit(link.address).netloc}", address=link.address)
    return not_found(case, "ไม่พบลิงก์ไปยังเครือข่ายสังคมของหน่วยงาน", "เพิ่มลิงก์ Facebook, LINE หรืออื่น ๆ ของหน่วยงาน")


KINDS: dict[str, Kind] = {
    "facts": facts,
    "two_way": two_way,
    "online": online,
    "separate_channel": separate_channel,
    "linked": linked,
    "social": social,
}
