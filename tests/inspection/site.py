"""A deliberately bad website on loopback, with one of each fault of reaching, and its twin without any."""

from __future__ import annotations

import contextlib
import io
import socket
import time
import zipfile
from collections.abc import Iterator
from functools import lru_cache

from prongsai.inspection.policy import Policy
from tests.inspection.content_papers import paper
from tests.inspection.wires import HTML, Closed, Reply, Server, authority_pem, certificate, led, page

BAD, GOOD = "www.suanphlu-bad.go.th", "www.suanphlu-good.go.th"
EXPIRED, SOON, OTHER, UNKNOWN = (f"{name}.suanphlu-bad.go.th" for name in ("tls1", "tls2", "tls3", "tls4"))
CLOSED, STAGING = "closed.suanphlu-bad.go.th", "staging.suanphlu-bad.go.th"
SERVICES = ("drive.google.com", "accounts.google.com", "bit.ly", "onedrive.live.com", "login.live.com")
_WORDS = "<p>ข้อมูลของเทศบาลตำบลบ้านสวนพลู ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ ตามองค์ประกอบของข้อนี้ครบถ้วน ปรับปรุงเมื่อวันที่ ๑ ตุลาคม ๒๕๖๘</p>"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SLOW_MS = 300
# What two faults need of a policy; everything else is given all the time that a busy machine may take.
PATIENCE = {3: {"read_seconds": 0.3}, 20: {"slow_ms": SLOW_MS}}

# number of the fault → its address on the bad website
ADDRESSES: dict[int, str] = {
    1: "https://www.suanphlu-lapsed.go.th/",
    2: f"https://{CLOSED}/",
    3: f"https://{BAD}/o3/silent",
    4: f"https://{EXPIRED}/",
    5: f"https://{SOON}/",
    6: f"https://{OTHER}/",
    7: f"https://{UNKNOWN}/",
    8: f"https://{BAD}/o8/round",
    9: f"https://{BAD}/o9/0",
    10: f"https://{BAD}/o10/deep.html",
    11: f"https://{BAD}/o11/gone.html",
    12: f"https://{BAD}/o12/soft.html",
    13: f"https://{BAD}/o13/members.html",
    14: "https://drive.google.com/file/d/1aB2cD3eF4gH5iJ6k/view",
    15: "https://bit.ly/suanphlu",
    16: f"https://{BAD}/o16/empty.pdf",
    17: f"https://{BAD}/o17/cut.pdf",
    18: f"https://{BAD}/o18/report.pdf",
    19: f"https://{BAD}/o19/locked.pdf",
    20: f"https://{BAD}/o20/slow.html",
    21: f"https://{BAD}/o21/old.html",
    22: "http://192.168.1.10/o22.html",
    41: f"https://{BAD}/o41/broken.html",
    42: f"https://{BAD}/o42/closed.html",
    43: f"https://{STAGING}/o43.html",
    44: f"https://{BAD}/o44/app.html",
    45: f"https://{BAD}/o45/frame.html",
    46: f"https://{BAD}/o46/soon.html",
    47: f"https://{BAD}/o47/mixed.html",
    48: f"https://{BAD}/o48/hidden.html",
    49: f"https://{BAD}/secret/o49.html",
    50: f"https://{BAD}/o50/download.php?id=7",
    51: f"https://{BAD}/o51/large.pdf",
    52: f"https://{BAD}/o52/links.html",
    53: f"https://{BAD}/o53/page.html#part9",
    54: f"https://{BAD}/o54/down.html",
    55: f"https://{BAD}/o55/news.html",
    56: "file:///C:/Users/Admin/Desktop/O56.pdf",
    57: f"https://admin:1234@{BAD}/o57.html",
    58: f"https://{BAD}/o58/odd",
    59: f"https://{BAD}/o59/packed.html",
    60: "https://drive.google.com/file/d/9zY8xW7vU6tS5rQ4p/view",
    61: f"https://{BAD}/o61/wall.html",
    62: f"http://{BAD}/o62.html",
    63: f"https://{BAD}/o63/report.pdf",
    64: "https://onedrive.live.com/redir?resid=ABC123",
}

# the twin: the same kinds of pages, each without its fault
TWINS = tuple(
    f"https://{GOOD}/{path}"
    for path in (
        "", "o8/round", "o9/0", "o10/deep.html", "o11/gone.html", "o12/soft.html", "o13/members.html", "o16/empty.pdf",
        "o17/cut.pdf", "o18/report.pdf", "o19/locked.pdf", "o20/slow.html", "o21/old.html", "o44/app.html",
        "o45/frame.html", "o46/soon.html", "o47/mixed.html", "o48/hidden.html", "secret/o49.html", "o50/download.php?id=7",
        "o51/large.pdf", "o52/links.html", "o53/page.html#part9", "o54/down.html", "o55/news.html", "o59/packed.html",
        "o63/report.docx", "cookie.html", "alias/", "ไทย/ข้อ ๑.html",
    )
)  # fmt: skip


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@lru_cache(maxsize=2)
def pdf_under_password(user: str, content: bytes = b"") -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) if content else pikepdf.new() as file:
        if not content:
            file.add_blank_page()
        file.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def _silent(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.recv(1)


def pdf(content: bytes = PDF, **more: object) -> Reply:
    return Reply(content, "application/pdf", **more)  # type: ignore[arg-type]


def _bad() -> Iterator[tuple[str, str, Reply]]:
    yield BAD, "/", page(f"<h1>หน้าแรก</h1>{_WORDS}")
    yield BAD, "/robots.txt", Reply(b"User-agent: *\nDisallow: /secret/\n", "text/plain")
    yield BAD, "/o3/silent", Reply(act=_silent)
    for host in (EXPIRED, SOON, OTHER, UNKNOWN):
        yield host, "/", page(f"<h1>หน้าแรก</h1>{_WORDS}")
    yield BAD, "/o8/round", led("/o8/back")
    yield BAD, "/o8/back", led("/o8/round")
    for step in range(14):
        yield BAD, f"/o9/{step}", led(f"/o9/{step + 1}")
    yield BAD, "/o10/deep.html", led("/index.php")
    yield BAD, "/index.php", page(f"<h1>หน้าแรก</h1>{_WORDS}")
    yield BAD, "/o12/soft.html", page("<h1>ขออภัย ไม่พบหน้าที่ท่านต้องการ</h1>" + _menu(40))
    yield BAD, "/o13/members.html", led("/member/login.php?back=o13")
    yield BAD, "/member/login.php?back=o13", page(_LOGIN, title="เข้าสู่ระบบ")
    yield "drive.google.com", "/file/d/1aB2cD3eF4gH5iJ6k/view", led("https://accounts.google.com/v3/signin?continue=x")
    yield "accounts.google.com", "/v3/signin?continue=x", page(_LOGIN, title="ลงชื่อเข้าใช้ - บัญชี Google")
    yield (
        "drive.google.com",
        "/file/d/9zY8xW7vU6tS5rQ4p/view",
        page(f"<p>รายงาน.pdf</p>{_WORDS}", title="รายงาน - Google ไดรฟ์"),
    )
    yield "onedrive.live.com", "/redir?resid=ABC123", led("https://login.live.com/login.srf")
    yield "login.live.com", "/login.srf", page(_LOGIN, title="Sign in to your account")
    yield "bit.ly", "/suanphlu", led(f"https://{BAD}/o15/page.html", 301)
    yield BAD, "/o15/page.html", page(_WORDS)
    yield BAD, "/o16/empty.pdf", pdf(b"")
    yield BAD, "/o17/cut.pdf", pdf(PDF, headers={"Content-Length": "50000"})
    yield BAD, "/o18/report.pdf", page(f"<h1>รายการเอกสาร</h1>{_WORDS}")
    yield BAD, "/o19/locked.pdf", pdf(pdf_under_password("secret"))
    yield BAD, "/o20/slow.html", page(_WORDS, wait=SLOW_MS / 1000 + 0.1)
    yield BAD, "/o21/old.html", led("/o21/new.html", 301)
    yield BAD, "/o21/new.html", page(_WORDS)
    yield BAD, "/o41/broken.html", page("<h1>Error</h1>", status=500)
    yield BAD, "/o42/closed.html", page("<h1>Forbidden</h1>", status=403)
    yield STAGING, "/o43.html", page(_WORDS)
    yield (
        BAD,
        "/o44/app.html",
        page('<div id="app"></div><script src="app.js"></script><noscript>ต้องเปิด JavaScript</noscript>'),
    )
    yield BAD, "/o45/frame.html", page('<iframe src="https://old.suanphlu-bad.go.th/o45.php"></iframe>')
    yield BAD, "/o46/soon.html", page("<h1>แผนการใช้จ่ายงบประมาณ</h1><p>อยู่ระหว่างปรับปรุงข้อมูล</p>" + _menu(30))
    yield BAD, "/o47/mixed.html", page(f'{_WORDS}<img src="http://{BAD}/a.png" alt="ภาพ">')
    yield BAD, "/o48/hidden.html", page(_WORDS, head='<meta name="robots" content="noindex,nofollow">')
    yield BAD, "/secret/o49.html", page(_WORDS)
    yield BAD, "/o50/download.php?id=7", pdf(headers={"Content-Disposition": "attachment"})
    yield BAD, "/o51/large.pdf", pdf(PDF + b"\0" * 10_000_001)
    yield (
        BAD,
        "/o52/links.html",
        page(f'{_WORDS}<a href="file:///D:/ITA/o1.pdf">o1</a><a href="http://192.168.1.5/x">x</a>'),
    )
    yield BAD, "/o53/page.html", page(f'{_WORDS}<h2 id="part1">ส่วนที่ ๑</h2>')
    yield BAD, "/o54/down.html", led(f"http://{BAD}/o54/plain.html")
    yield BAD, "/o54/plain.html", page(_WORDS)
    yield (
        BAD,
        "/o55/news.html",
        page(f"{_WORDS}<div><a href='https://x.test/'>สล็อตเว็บตรง บาคาร่า</a> แทงบอล คาสิโน</div>"),
    )
    yield BAD, "/o57.html", page(_WORDS)
    yield BAD, "/o58/odd", Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
    yield BAD, "/o59/packed.html", Reply(b"\x0b\x02\x80abc\x03", HTML, headers={"Content-Encoding": "br"})
    yield BAD, "/o61/wall.html", page("<h1>Just a moment...</h1>", status=403, headers={"cf-mitigated": "challenge"})
    yield BAD, "/o62.html", page(_WORDS)
    yield BAD, "/o63/report.pdf", pdf(docx())


_LOGIN = '<form><label>ชื่อผู้ใช้ <input name="u"></label><label>รหัสผ่าน <input type="password" name="p"></label><button>เข้าสู่ระบบ</button></form>'


def _menu(count: int) -> str:
    return (
        "<div>"
        + "".join(f'<a href="/menu/{number}">เมนูของเทศบาลลำดับที่ {number}</a>' for number in range(count))
        + "</div>"
    )


def _good() -> Iterator[tuple[str, str, Reply]]:
    plain = ("", "o8/round", "o9/0", "o10/deep.html", "o11/gone.html", "o12/soft.html", "secret/o49.html", "o54/down.html",
             "o20/slow.html", "o21/old.html", "alias/new.html")  # fmt: skip
    for path in plain:
        yield GOOD, f"/{path}", _own(path)
    yield GOOD, "/robots.txt", Reply(b"User-agent: *\nDisallow: /wp-admin/\n", "text/plain")
    yield GOOD, "/o12/soft.html", page(f"<h1>ขั้นตอนแจ้งเหตุ กรณีไม่พบหน้าบ้านเลขที่</h1>{_WORDS * 8}", title="คู่มือ")
    yield GOOD, "/o13/members.html", page(f"<h1>ข้อมูลผู้บริหาร</h1>{_WORDS * 8}<aside>{_LOGIN}</aside>")
    yield GOOD, "/o16/empty.pdf", pdf(_report("o16"))
    yield GOOD, "/o17/cut.pdf", pdf(_report("o17"), headers={"Content-Length": str(len(_report("o17")))})
    yield (
        GOOD,
        "/o18/report.pdf",
        pdf(_report("o18"), headers={"Content-Type": "application/octet-stream", "Content-Disposition": "inline"}),
    )
    yield GOOD, "/o19/locked.pdf", pdf(pdf_under_password("", _report("o19")))
    yield GOOD, "/o44/app.html", page(f'<div id="app">{_WORDS}</div><script src="app.js"></script>')
    yield GOOD, "/o45/frame.html", page(f'{_WORDS}<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>')
    yield (
        GOOD,
        "/o46/soon.html",
        page(f"<h1>โครงการปรับปรุงถนน</h1>{_WORDS}<p>กำลังพัฒนาบุคลากรให้มีความรู้ อยู่ระหว่างการจัดซื้อจัดจ้าง</p>"),
    )
    yield (
        GOOD,
        "/o47/mixed.html",
        page(f'{_WORDS}<img src="/a.png" alt="ภาพ"><a href="http://www.nacc.go.th/">ป.ป.ช.</a>'),
    )
    yield GOOD, "/o48/hidden.html", page(_WORDS, head='<meta name="robots" content="index,follow">')
    yield (
        GOOD,
        "/o50/download.php?id=7",
        pdf(
            _report("o50"),
            headers={"Content-Disposition": "attachment; filename*=UTF-8''%E0%B9%81%E0%B8%9C%E0%B8%99-2569.pdf"},
        ),
    )
    yield GOOD, "/o51/large.pdf", pdf(_heavy(_report("o51")))
    yield (
        GOOD,
        "/o52/links.html",
        page(f'{_WORDS}<a href="/o1.pdf">o1</a><a href="//www.dla.go.th/">สถ.</a><a href="tel:036411111">โทร</a>'),
    )
    yield GOOD, "/o53/page.html", page(f'{_WORDS}<h2 id="part9">ส่วนที่ ๙</h2>')
    yield GOOD, "/o55/news.html", page(f"{_WORDS}<p>โครงการรณรงค์ป้องกันการพนัน เช่น แทงบอล ในเยาวชน</p>")
    yield GOOD, "/o59/packed.html", Reply(_gzip(_own("o59").body), HTML, headers={"Content-Encoding": "gzip"})
    yield (
        GOOD,
        "/o63/report.docx",
        Reply(paper("docx", *_REPORT), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    )
    yield GOOD, "/cookie.html", _own("cookie", headers={"needs-cookie": "seen=1"})
    yield (
        GOOD,
        "/alias/",
        page(
            '<p>ย้ายไป <a href="new.html">ข้อมูลสาธารณะ</a></p>',
            head='<meta http-equiv="refresh" content="0; url=new.html">',
        ),
    )
    yield GOOD, "/%E0%B9%84%E0%B8%97%E0%B8%A2/%E0%B8%82%E0%B9%89%E0%B8%AD%20%E0%B9%91.html", _own("ข้อ ๑")


_REPORT = (
    "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2569", "เทศบาลตำบลบ้านสวนพลู จังหวัดลพบุรี", "โครงการซ่อมถนนแล้วเสร็จตามแผน",
)  # fmt: skip


def _report(name: str) -> bytes:
    """A report that opens and can be read; each of its own."""
    return paper("pdf", *_REPORT, f"ข้อ {name}")


def _heavy(content: bytes) -> bytes:
    """A PDF with much in it that nobody sees."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as file:
        file.Root["/Much"] = file.make_stream(b"\0" * 9_000_000)
        file.save(out, compress_streams=False)
    return out.getvalue()


def _own(name: str, **more: object) -> Reply:
    return page(f"<h1>ข้อมูลสาธารณะ {name}</h1>{_WORDS}", **more)


def _gzip(content: bytes) -> bytes:
    import gzip

    return gzip.compress(content)


class Site:
    """Both websites, served. policy: one with which they are looked at."""

    def __enter__(self) -> Site:
        with contextlib.ExitStack() as stack:
            certificates = {
                BAD: certificate(BAD, STAGING, *SERVICES),
                GOOD: certificate(GOOD),
                EXPIRED: certificate(EXPIRED, begins=-90, ends=-2),
                SOON: certificate(SOON, ends=6),
                OTHER: certificate("www.somebody-else.go.th"),
                UNKNOWN: certificate(UNKNOWN, is_trusted=False),
            }
            certificates |= dict.fromkeys((STAGING, *SERVICES), certificates[BAD])
            replies = {(host, path): reply for host, path, reply in (*_bad(), *_good())}
            self.server = stack.enter_context(Server(replies, certificates))
            closed = stack.enter_context(Closed())
            self._routes = self.server.routes(BAD, GOOD, EXPIRED, SOON, OTHER, UNKNOWN, STAGING, *SERVICES)
            self._routes[f"{CLOSED}:443"] = f"127.0.0.1:{closed}"
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def policy(self, **changes: object) -> Policy:
        usual: dict[str, object] = {
            "routes": self._routes, "authorities": authority_pem(), "resolve": _nobody, "delay_seconds": 0, "per_host": 8,
            "slow_ms": 60_000,
        }  # fmt: skip
        return Policy(**(usual | changes))  # type: ignore[arg-type]


def _nobody(host: str, port: int) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_NONAME, f"{host}:{port} is nobody's")


def until(found: object, seconds: float = 5.0) -> None:
    """Wait until a call is true; fails after so many seconds."""
    ends = time.monotonic() + seconds
    while not found():  # type: ignore[operator]
        assert time.monotonic() < ends
        time.sleep(0.01)
