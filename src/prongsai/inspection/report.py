"""What can be wrong with an address, in words: code, weight, sentence and mend, Thai and English."""

from datetime import date
from typing import NamedTuple

from prongsai.errors import Problem, Severity, Where
from prongsai.thai.dates import format_date

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Said(NamedTuple):
    """A kind of fault. In braces: words of the case."""

    severity: Severity
    message_th: str
    mend_th: str
    message: str
    mend: str


CODES: dict[str, Said] = {
    # the address itself
    "REACH_ADDRESS": Said(
        _E, "ที่อยู่เว็บนี้ไม่ถูกรูปแบบ เปิดไม่ได้", "คัดลอกที่อยู่จากแถบที่อยู่ของเบราว์เซอร์มาวางใหม่ทั้งบรรทัด",
        "This is no address that a browser opens.", "Copy it again from the address bar of a browser.",
    ),
    "REACH_SCHEME": Said(
        _E, "ที่อยู่ขึ้นต้นด้วย {scheme}: ซึ่งคนนอกสำนักงานเปิดไม่ได้",
        "นำไฟล์ขึ้นเว็บไซต์ แล้วใช้ที่อยู่ที่ขึ้นต้นด้วย https://",
        "The address begins with {scheme}:, which nobody outside can open.",
        "Put the file on the website and use its https:// address.",
    ),
    "REACH_SHORTENER": Said(
        _W, "เป็นลิงก์ย่อของ {host} ผู้ประเมินไม่เห็นว่าไปที่ใด และลิงก์ย่ออาจหมดอายุ", "ยื่นที่อยู่เต็ม: {to}",
        "This is a short link of {host}: it hides where it leads, and may lapse.", "Submit the whole address: {to}",
    ),
    "REACH_TEST_HOST": Said(
        _E, "ที่อยู่ชี้ไปเครื่องทดสอบหรือเลขเครื่อง ({host}) ไม่ใช่เว็บไซต์ของหน่วยงาน",
        "ใช้ชื่อโดเมนของหน่วยงาน เช่น https://www.ชื่อ.go.th/",
        "The address names a test machine or a bare number ({host}), not the office's website.",
        "Use the office's domain name.",
    ),
    "REACH_USER": Said(
        _E, "ที่อยู่มีชื่อผู้ใช้หรือรหัสผ่านอยู่ข้างใน (ก่อนเครื่องหมาย @)",
        "ตัดส่วนหน้าเครื่องหมาย @ ออก และเปลี่ยนรหัสผ่านนั้น",
        "The address carries a user name or password before its @ sign.", "Take it out, and change that password.",
    ),
    "REACH_FRAGMENT": Said(
        _W, "ส่วนท้าย #{fragment} ของที่อยู่ไม่มีอยู่ในหน้า ผู้ประเมินจะเห็นต้นหน้าแทน",
        "ทำหน้าแยกของข้อนี้ หรือแก้ส่วนท้ายให้ตรงกับหัวข้อในหน้า",
        "The page has no place #{fragment}: the reader lands at its top.",
        "Give the item a page of its own, or mend the fragment.",
    ),
    "REACH_DUPLICATE": Said(
        _W, "ที่อยู่นี้เปิดได้หน้าเดียวกับที่อยู่อื่นที่ยื่น: {others}",
        "ถ้าเป็นคนละข้อ ให้แต่ละข้อมีหน้าของตัวเอง และยื่นที่อยู่ของหน้านั้น",
        "This address shows the same as others that were submitted: {others}", "Give each item a page of its own.",
    ),
    # the way there
    "REACH_NO_NAME": Said(
        _E, "ไม่พบชื่อเว็บไซต์ {host} ในอินเทอร์เน็ต", "ตรวจตัวสะกด และตรวจกับผู้ให้บริการว่าโดเมนหมดอายุหรือไม่",
        "The name {host} is not found.", "Check its spelling, and whether the domain has lapsed.",
    ),
    "REACH_DNS": Said(
        _E, "ถามหาชื่อ {host} แล้วไม่มีคำตอบ", "ลองใหม่ภายหลัง ถ้าเป็นซ้ำให้แจ้งผู้ดูแลโดเมน",
        "Nobody answers for the name {host}.", "Try again later; if it stays so, tell whoever runs the domain.",
    ),
    "REACH_PRIVATE": Said(
        _E, "{host} เป็นที่อยู่ในเครือข่ายภายใน คนนอกเปิดไม่ได้ (ระบบไม่เปิดให้)",
        "ใช้ที่อยู่ที่เปิดจากอินเทอร์เน็ตได้ ลองเปิดด้วยโทรศัพท์ที่ไม่ได้ต่อ Wi-Fi ของสำนักงาน",
        "{host} is an address of an internal network; it is not opened.",
        "Use an address that opens from the internet.",
    ),
    "REACH_PORT": Said(
        _E, "ที่อยู่ระบุพอร์ต {port} ซึ่งเบราว์เซอร์ไม่ยอมเปิด", "ให้ผู้ดูแลเว็บไซต์เปิดบริการที่พอร์ตปกติ (443)",
        "Port {port} is one that browsers refuse.", "Serve the page at the usual port (443).",
    ),
    "REACH_REFUSED": Said(
        _E, "เครื่องแม่ข่ายปฏิเสธการเชื่อมต่อ", "แจ้งผู้ดูแลเว็บไซต์ว่าบริการเว็บไม่ทำงาน",
        "The server refuses the connection.", "Tell whoever runs the website that its service is down.",
    ),
    "REACH_NO_ROUTE": Said(
        _E, "ไปไม่ถึงเครื่องแม่ข่าย", "ลองใหม่ภายหลัง ถ้าเป็นซ้ำให้แจ้งผู้ดูแลเว็บไซต์",
        "There is no way to the server.", "Try again later; if it stays so, tell whoever runs the website.",
    ),
    "REACH_TIMEOUT": Said(
        _E, "รอแล้วไม่มีคำตอบภายในเวลาที่กำหนด", "ลองใหม่ภายหลัง ถ้าเป็นซ้ำให้แจ้งผู้ดูแลเว็บไซต์",
        "No answer came in time.", "Try again later; if it stays so, tell whoever runs the website.",
    ),
    "REACH_BROKEN": Said(
        _E, "เครื่องแม่ข่ายตอบมาผิดรูปแบบ เบราว์เซอร์เปิดไม่ได้", "แจ้งผู้ดูแลเว็บไซต์ให้ตรวจการตั้งค่า",
        "The server's answer is broken.", "Have whoever runs the website check its settings.",
    ),
    "REACH_TLS": Said(
        _E, "เริ่มการเชื่อมต่อแบบเข้ารหัส (HTTPS) ไม่ได้",
        "แจ้งผู้ดูแลเว็บไซต์ให้ตรวจการตั้งค่า HTTPS (ต้องเป็น TLS 1.2 ขึ้นไป)",
        "An encrypted connection cannot be made.", "Have the HTTPS settings checked (TLS 1.2 or newer).",
    ),
    "REACH_TLS_EXPIRED": Said(
        _E, "ใบรับรองความปลอดภัย (TLS) หมดอายุหรือยังไม่ถึงวันเริ่มใช้{valid_th} เบราว์เซอร์ขึ้นหน้าเตือนแทนหน้าเว็บ",
        "ต่ออายุใบรับรองทันที",
        "The certificate is not valid now{valid}; browsers show a warning instead of the page.",
        "Renew the certificate now.",
    ),
    "REACH_TLS_SOON": Said(
        _W, "ใบรับรองความปลอดภัย (TLS) จะหมดอายุ{until_th} (อีก {days} วัน)", "ต่ออายุใบรับรองก่อนวันนั้น",
        "The certificate expires{until}, in {days} days.", "Renew it before.",
    ),
    "REACH_TLS_HOST": Said(
        _E, "ใบรับรองความปลอดภัย (TLS) เป็นของชื่ออื่น ไม่ใช่ {host}",
        "ขอใบรับรองที่มีชื่อนี้ ทั้งแบบมีและไม่มี www",
        "The certificate is not for {host}.", "Get one that names it, with and without www.",
    ),
    "REACH_TLS_ISSUER": Said(
        _E, "ใบรับรองความปลอดภัย (TLS) ไม่ได้ออกโดยผู้ที่เบราว์เซอร์เชื่อถือ",
        "ใช้ใบรับรองจากผู้ออกที่เชื่อถือได้ และติดตั้งใบรับรองกลางให้ครบ",
        "No browser trusts the issuer of the certificate.",
        "Get one from a trusted authority, with its intermediate certificates.",
    ),
    "REACH_NO_TLS": Said(
        _I, "หน้าเปิดด้วย http:// ที่ไม่เข้ารหัส เบราว์เซอร์ขึ้นว่าไม่ปลอดภัย",
        "เปิดใช้ HTTPS แล้วยื่นที่อยู่ที่ขึ้นต้นด้วย https://",
        "The page is served unencrypted; browsers say that it is not secure.", "Turn HTTPS on.",
    ),
    "REACH_DOWNGRADE": Said(
        _W, "จาก https:// ถูกพาไปที่ http:// ซึ่งไม่เข้ารหัส: {to}", "แก้ปลายทางให้เป็น https://",
        "It leads from https to unencrypted http: {to}", "Let it lead to https.",
    ),
    "REACH_LOOP": Said(
        _E, "ที่อยู่พาวนกลับมาที่เดิมไม่รู้จบ", "ให้ผู้ดูแลเว็บไซต์แก้การเปลี่ยนเส้นทาง",
        "The redirects go in a circle.", "Have the redirects mended.",
    ),
    "REACH_HOPS": Said(
        _E, "ถูกพาต่อเกิน {most} ครั้ง เบราว์เซอร์หยุดเปิด", "ยื่นที่อยู่ปลายทางโดยตรง และแก้การเปลี่ยนเส้นทาง",
        "More than {most} redirects follow each other.", "Submit where it ends, and mend the redirects.",
    ),
    "REACH_MOVED": Said(
        _W, "หน้านี้ย้ายถาวรไปที่ {to}", "ยื่นที่อยู่ใหม่แทน เพราะทางพาต่ออาจถูกปิด",
        "It has moved for good to {to}", "Submit the new address.",
    ),
    "REACH_TO_HOME": Said(
        _E, "ขอหน้าในแต่ได้หน้าแรก ({to}) แสดงว่าหน้าที่ยื่นไม่มีแล้ว",
        "หาที่อยู่ปัจจุบันของหน้านั้นแล้วยื่นใหม่ หรือนำหน้านั้นกลับมา",
        "A page inside was asked for, and the home page came ({to}).",
        "Find where the page is now, or bring it back.",
    ),
    # what answers
    "REACH_NOT_FOUND": Said(
        _E, "เครื่องแม่ข่ายตอบว่าไม่มีหน้านี้ ({status})",
        "นำหน้าหรือไฟล์กลับมาที่ที่อยู่เดิม หรือยื่นที่อยู่ที่ถูก",
        "The server says that there is no such page ({status}).", "Bring it back, or submit the right address.",
    ),
    "REACH_FORBIDDEN": Said(
        _E, "เครื่องแม่ข่ายไม่ให้คนทั่วไปเปิด ({status})", "เปิดสิทธิ์ให้ทุกคนอ่านได้โดยไม่ต้องเข้าสู่ระบบ",
        "The server lets nobody in ({status}).", "Let everybody read it.",
    ),
    "REACH_ROBOT_WALL": Said(
        _W, "เว็บไซต์กันโปรแกรมตรวจ จึงบอกไม่ได้ว่าคนเปิดแล้วเห็นอะไร ({status})",
        "เปิดด้วยเบราว์เซอร์แล้วตรวจด้วยตา หรือให้ผู้ดูแลยอมให้ตรวจ",
        "The website keeps programs out, so what a person sees is not known ({status}).", "Look with a browser.",
    ),
    "REACH_BUSY": Said(
        _W, "เครื่องแม่ข่ายบอกว่าถูกเรียกถี่เกินไป ({status})", "รอแล้วตรวจใหม่",
        "The server says that it is asked too often ({status}).", "Wait, and look again.",
    ),
    "REACH_SERVER": Said(
        _E, "เครื่องแม่ข่ายขัดข้อง ({status})", "แจ้งผู้ดูแลเว็บไซต์",
        "The server fails ({status}).", "Tell whoever runs the website.",
    ),
    "REACH_STATUS": Said(
        _E, "เครื่องแม่ข่ายตอบว่าเปิดไม่ได้ ({status})", "ลองเปิดด้วยเบราว์เซอร์ แล้วแจ้งผู้ดูแลเว็บไซต์",
        "The server says that it cannot be opened ({status}).", "Tell whoever runs the website.",
    ),
    "REACH_EMPTY": Said(
        _E, "เปิดได้แต่ไม่มีเนื้อหาเลย (0 ไบต์)", "อัปโหลดไฟล์ใหม่แล้วเปิดดู",
        "It opens, and there is nothing in it (0 bytes).", "Upload the file again, and open it.",
    ),
    "REACH_TRUNCATED": Said(
        _E, "ไฟล์มาไม่ครบ: ได้ {size} ไบต์{of} แล้วการเชื่อมต่อขาด", "อัปโหลดไฟล์ใหม่ แล้วเปิดจนถึงหน้าสุดท้าย",
        "It does not come whole: {size} bytes{of}, then nothing.",
        "Upload the file again, and open it to its last page.",
    ),
    "REACH_ENCODING": Said(
        _W, "เครื่องแม่ข่ายบีบอัดมาในแบบที่แกะไม่ได้ ({encoding})",
        "ให้ผู้ดูแลเว็บไซต์ตรวจการบีบอัด (Content-Encoding)",
        "It is compressed in a way that cannot be undone ({encoding}).", "Have the server's compression checked.",
    ),
    "REACH_TYPE": Said(
        _E, "ที่อยู่หรือเครื่องแม่ข่ายบอกว่าเป็น {said} แต่ที่ได้จริงคือ {found}",
        "อัปโหลดไฟล์ที่ถูกชนิด หรือแก้นามสกุลของไฟล์ให้ตรง",
        "It is said to be {said}, and is {found}.", "Upload the right file, or mend its ending.",
    ),
    "REACH_PASSWORD": Said(
        _E, "ไฟล์มีรหัสผ่าน คนทั่วไปเปิดไม่ได้", "บันทึกใหม่โดยไม่ใส่รหัสผ่าน แล้วอัปโหลดแทน",
        "The file asks for a password.", "Save it without one, and upload it again.",
    ),
    "REACH_SLOW": Said(
        _W, "ช้า: ใช้เวลา {seconds} วินาทีกว่าจะได้ครบ", "ลดขนาดหน้าหรือไฟล์ หรือแจ้งผู้ดูแลเว็บไซต์",
        "It is slow: {seconds} seconds until all was there.", "Make it smaller, or tell whoever runs the website.",
    ),
    "REACH_LARGE": Said(
        _W, "ไฟล์ใหญ่ {size} MB เปิดบนโทรศัพท์ช้า",
        "ลดขนาด (สแกน ๑๕๐–๒๐๐ dpi หรือส่งออกจาก Word โดยตรง) ให้ไม่เกิน {most} MB",
        "The file is large: {size} MB.", "Make it smaller than {most} MB.",
    ),
    "REACH_TOO_LARGE": Said(
        _W, "ใหญ่เกินกว่าที่ตรวจได้ หยุดอ่านที่ {size} MB", "แบ่งไฟล์หรือลดขนาด",
        "It is too large to be checked; reading stopped at {size} MB.", "Divide it, or make it smaller.",
    ),
    "REACH_DOWNLOAD_NAME": Said(
        _W, "เปิดแล้วถูกบังคับดาวน์โหลดเป็นไฟล์ชื่อ “{name}” ซึ่งเปิดต่อไม่ได้หรืออ่านชื่อไม่ออก",
        "ตั้งชื่อไฟล์ให้มีนามสกุลถูกชนิด เช่น {better} และให้เปิดดูในเบราว์เซอร์ได้",
        "It is forced to be saved as “{name}”, a name that does not open.",
        "Give it a name with the right ending, such as {better}",
    ),
    # what the page is
    "REACH_SOFT_404": Said(
        _E, "หน้าเปิดได้แต่เขียนว่าไม่พบ: “{words}”", "นำหน้ากลับมา หรือยื่นที่อยู่ที่ถูก",
        "The page opens, and says that it was not found: “{words}”", "Bring it back, or submit the right address.",
    ),
    "REACH_LOGIN": Said(
        _E, "ต้องเข้าสู่ระบบก่อนจึงเห็น", "ย้ายไปหน้าที่ทุกคนเปิดได้โดยไม่ต้องเข้าสู่ระบบ",
        "One must sign in to see it.", "Put it where everybody can open it.",
    ),
    "REACH_PERMISSION": Said(
        _E, "ไฟล์ใน {service} ไม่ได้เปิดให้ทุกคนดู ผู้ประเมินจะเห็นหน้าขอสิทธิ์",
        "ตั้งการแชร์เป็น “ทุกคนที่มีลิงก์” หรือย้ายไฟล์มาไว้บนเว็บไซต์ของหน่วยงาน (ดีกว่า)",
        "The file at {service} is not shared with everybody.",
        "Share it with anyone who has the link, or better, put it on the office's website.",
    ),
    "REACH_FILE_SERVICE": Said(
        _I, "ไฟล์อยู่ใน {service} ไม่ใช่บนเว็บไซต์ของหน่วยงาน สิทธิ์และที่อยู่อาจเปลี่ยนเมื่อเจ้าของบัญชีเปลี่ยน",
        "วางไฟล์บนเว็บไซต์ของหน่วยงาน",
        "The file lies at {service}, not on the office's website.", "Put it on the office's website.",
    ),
    "REACH_SCRIPT_ONLY": Said(
        _W, "หน้าไม่มีข้อความเลยถ้าไม่มี JavaScript จึงตรวจเนื้อหาไม่ได้",
        "ให้เนื้อหาอยู่ในหน้า HTML หรือวางไฟล์ PDF ที่มีข้อความไว้ด้วย",
        "Without JavaScript the page has no words.", "Have the words in the page itself, or add a PDF with text.",
    ),
    "REACH_FRAME_ONLY": Said(
        _W, "หน้ามีแต่กรอบที่แสดงเนื้อหาจากที่อื่น: {to}",
        "ยื่นที่อยู่ของเนื้อหาในกรอบโดยตรง หรือนำเนื้อหามาไว้ในหน้า",
        "The page only frames another: {to}", "Submit what is inside the frame, or bring the words into the page.",
    ),
    "REACH_UNFINISHED": Said(
        _E, "หน้ายังไม่มีเนื้อหา เขียนว่า “{words}”", "ใส่เนื้อหาให้ครบก่อนยื่น",
        "The page is not made yet: “{words}”", "Fill it before it is submitted.",
    ),
    "REACH_HIJACKED": Said(
        _E, "หน้ามีคำโฆษณาการพนันหรือขายโดเมน ({words}) เว็บไซต์อาจถูกเจาะหรือโดเมนหลุด",
        "แจ้งผู้ดูแลเว็บไซต์ทันที กู้จากข้อมูลสำรองและเปลี่ยนรหัสผ่านทั้งหมด",
        "The page advertises gambling, or the sale of its domain ({words}): the website may be broken into.",
        "Tell whoever runs the website at once.",
    ),
    "REACH_MIXED": Said(
        _W, "หน้า https:// ดึงส่วนประกอบจาก http:// {count} ชิ้น เบราว์เซอร์อาจไม่แสดง",
        "แก้ที่อยู่ของส่วนประกอบเป็น https://",
        "The https page draws {count} parts over http, which browsers may not show.", "Let them be https.",
    ),
    "REACH_NOINDEX": Said(
        _W, "หน้าสั่งไม่ให้โปรแกรมค้นหาเก็บ (noindex)", "เอาคำสั่ง noindex ออก ข้อมูลสาธารณะต้องค้นพบได้",
        "The page asks search engines not to list it (noindex).", "Take the noindex out.",
    ),
    "REACH_ROBOTS": Said(
        _W, "robots.txt ของเว็บไซต์ห้ามโปรแกรมค้นหาเปิดหน้านี้", "แก้ robots.txt ให้เปิดส่วนที่เป็นข้อมูลสาธารณะ",
        "The site's robots.txt forbids this page.", "Open the public part in robots.txt.",
    ),
    "REACH_LOCAL_LINKS": Said(
        _W, "หน้ามีลิงก์ {count} รายการที่ชี้ไปในเครื่องหรือเครือข่ายภายใน คนนอกเปิดไม่ได้",
        "นำไฟล์ขึ้นเว็บไซต์แล้วแก้ลิงก์",
        "{count} links of the page lead into somebody's computer or an internal network.",
        "Upload the files, and mend the links.",
    ),
    # where it stands in the site
    "REACH_UNLINKED": Said(
        _W, "ไม่พบทางคลิกจากหน้าแรกมาถึงหน้านี้", "เพิ่มลิงก์ในเมนูหรือหน้ารวมข้อ ITA",
        "No click leads here from the home page.", "Link it from the menu or the list of items.",
    ),
    "REACH_FAR": Said(
        _W, "ต้องคลิก {clicks} ครั้งจากหน้าแรก (ควรไม่เกิน {most})", "เพิ่มลิงก์ในเมนูหรือหน้ารวมข้อ ITA",
        "It takes {clicks} clicks from the home page (no more than {most} are good).",
        "Link it from the menu or the list of items.",
    ),
}  # fmt: skip


def problem(code: str, address: str, evidence: tuple[str, ...] = (), /, **words: object) -> Problem:
    """Tell a fault at an address. words: for the braces of its sentences."""
    said = CODES[code]
    return Problem(
        code,
        said.severity,
        said.message.format(**words),
        said.message_th.format(**words),
        Where(file=address),
        evidence=evidence,
        mend=said.mend.format(**words),
        mend_th=said.mend_th.format(**words),
    )


def until(day: date | None) -> dict[str, object]:
    """Give the words for the last day of a certificate, in both languages; empty ones when it is not known."""
    if day is None:
        return dict.fromkeys(("until", "until_th", "valid", "valid_th"), "")
    said, said_th = day.isoformat(), format_date(day, "abbr")
    return {
        "until": f" {said}", "until_th": f" {said_th}", "valid": f" (until {said})",
        "valid_th": f" (ใช้ได้ถึง {said_th})",
    }  # fmt: skip
