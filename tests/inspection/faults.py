"""The faults of the deliberately bad websites, numbered for good: what the docs print and the tests hold.

1–22 and from 41 on are about reaching (``site.py``), 23–40 about pages, papers and elements (``content_site.py``).
"""

from typing import NamedTuple


class Fault(NamedTuple):
    """A fault that one address of a bad website has. number: never used again; code: of the Problem that must be found."""

    number: int
    code: str
    what: str


REACH = (
    Fault(1, "REACH_NO_NAME", "ชื่อเว็บไซต์ไม่มีอยู่ (โดเมนหมดอายุหรือสะกดผิด)"),
    Fault(2, "REACH_REFUSED", "เครื่องแม่ข่ายปิดอยู่"),
    Fault(3, "REACH_TIMEOUT", "เครื่องแม่ข่ายรับสายแล้วไม่ตอบ"),
    Fault(4, "REACH_TLS_EXPIRED", "ใบรับรอง TLS หมดอายุแล้ว"),
    Fault(5, "REACH_TLS_SOON", "ใบรับรอง TLS จะหมดอายุในไม่กี่วัน"),
    Fault(6, "REACH_TLS_HOST", "ใบรับรอง TLS เป็นของชื่ออื่น"),
    Fault(7, "REACH_TLS_ISSUER", "ใบรับรอง TLS ออกเอง ไม่มีใครเชื่อถือ"),
    Fault(8, "REACH_LOOP", "พาวนกลับมาที่เดิมไม่รู้จบ"),
    Fault(9, "REACH_HOPS", "พาต่อเกิน ๑๐ ครั้ง"),
    Fault(10, "REACH_TO_HOME", "ขอหน้าในแต่ถูกพาไปหน้าแรก"),
    Fault(11, "REACH_NOT_FOUND", "ไม่มีหน้านี้ (404)"),
    Fault(12, "REACH_SOFT_404", "ตอบว่าปกติ (200) แต่หน้าเขียนว่าไม่พบหน้า"),
    Fault(13, "REACH_LOGIN", "ต้องเข้าสู่ระบบก่อน"),
    Fault(14, "REACH_PERMISSION", "ไฟล์ใน Google Drive ที่ต้องขอสิทธิ์"),
    Fault(15, "REACH_SHORTENER", "ลิงก์ย่อ"),
    Fault(16, "REACH_EMPTY", "ไฟล์ 0 ไบต์"),
    Fault(17, "REACH_TRUNCATED", "ไฟล์มาไม่ครบตามขนาดที่แจ้ง"),
    Fault(18, "REACH_TYPE", "ลิงก์ .pdf ที่เปิดแล้วได้หน้าเว็บ"),
    Fault(19, "REACH_PASSWORD", "PDF ที่ใส่รหัสผ่าน"),
    Fault(20, "REACH_SLOW", "หน้าที่ช้ามาก"),
    Fault(21, "REACH_MOVED", "หน้าย้ายถาวรไปที่อยู่ใหม่"),
    Fault(22, "REACH_PRIVATE", "ที่อยู่ในเครือข่ายภายในสำนักงาน"),
    Fault(41, "REACH_SERVER", "เครื่องแม่ข่ายขัดข้อง (500)"),
    Fault(42, "REACH_FORBIDDEN", "เครื่องแม่ข่ายไม่ให้เปิด (403)"),
    Fault(43, "REACH_TEST_HOST", "ที่อยู่ของเครื่องทดสอบ (staging)"),
    Fault(44, "REACH_SCRIPT_ONLY", "หน้าว่างถ้าไม่มี JavaScript"),
    Fault(45, "REACH_FRAME_ONLY", "หน้าที่มีแต่กรอบ"),
    Fault(46, "REACH_UNFINISHED", "หน้าที่เขียนว่าอยู่ระหว่างปรับปรุง"),
    Fault(47, "REACH_MIXED", "หน้า https ที่ดึงภาพจาก http"),
    Fault(48, "REACH_NOINDEX", "หน้าที่สั่งไม่ให้โปรแกรมค้นหาเก็บ"),
    Fault(49, "REACH_ROBOTS", "หน้าที่ robots.txt ห้าม"),
    Fault(50, "REACH_DOWNLOAD_NAME", "ไฟล์ที่ถูกบังคับดาวน์โหลดเป็น download.php"),
    Fault(51, "REACH_LARGE", "ไฟล์ใหญ่เกิน 10 MB"),
    Fault(52, "REACH_LOCAL_LINKS", "หน้าที่มีลิงก์ file:// และลิงก์ในเครือข่ายภายใน"),
    Fault(53, "REACH_FRAGMENT", "ที่อยู่ที่ลงท้าย # ซึ่งไม่มีในหน้า"),
    Fault(54, "REACH_DOWNGRADE", "https ที่พาไป http"),
    Fault(55, "REACH_HIJACKED", "หน้าที่ถูกฝังโฆษณาการพนัน"),
    Fault(56, "REACH_SCHEME", "ที่อยู่ที่ขึ้นต้นด้วย file:"),
    Fault(57, "REACH_USER", "ที่อยู่ที่มีรหัสผ่านอยู่ข้างใน"),
    Fault(58, "REACH_BROKEN", "คำตอบที่ไม่เป็นไปตาม HTTP"),
    Fault(59, "REACH_ENCODING", "บีบอัดมาแบบที่แกะไม่ได้"),
    Fault(60, "REACH_FILE_SERVICE", "ไฟล์อยู่ในบริการฝากไฟล์ ไม่ใช่บนเว็บไซต์"),
    Fault(61, "REACH_ROBOT_WALL", "เว็บไซต์กันโปรแกรมตรวจ"),
    Fault(62, "REACH_NO_TLS", "หน้าที่ไม่เข้ารหัส (http)"),
    Fault(63, "REACH_TYPE", "ชื่อบอกว่า .pdf แต่ข้างในเป็น Word"),
    Fault(64, "REACH_PERMISSION", "ไฟล์ใน OneDrive ที่พาไปหน้าเข้าสู่ระบบ"),
    Fault(65, "REACH_DUPLICATE", "สองข้อที่พาไปหน้าเดียวกัน"),
    Fault(66, "REACH_UNLINKED", "หน้าที่ไม่มีทางคลิกจากหน้าแรก"),
    Fault(67, "REACH_FAR", "หน้าที่ต้องคลิกเกิน ๒ ครั้ง"),
)
