"""``prongsai inspect``: public addresses or files to what an assessor would find.

``--json`` prints one object for one target, a list for several, and one object for ``--home`` alone::

    {"target", "is_fine",
     "seen": null (of files) or {"address", "at", "final_address", "status", "is_open", "hops": [[status, address]],
                                 "media_type", "size", "sha256", "took_ms", "tls_until"},
     "problems": [as every verb prints them],
     "items": [{"key", "code", "title_th", "verdict", "elements": [{"key", "text_th", "verdict", "reason_th", "mend_th",
                "address", "where"}], "problems"}],
     "clicks": null or a number, "way": [{"address", "text"}]}

    {"home", "framework", "pages", "is_whole", "refused": [address], "problems": [of the home page],
     "proposals": [{"key", "code", "title_th", "address", "sureness", "why_th", "clicks", "way"}],
     "unanswered": [{"key", "code", "title_th"}]}

Verdicts are ``pass``, ``fail``, ``cannot_tell``. Dates are ISO.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import Bar
from prongsai.cli.show import counted, has_errors, held_against, json_out, line, problems_table, table
from prongsai.errors import FrameworkError, ProngsaiError
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework, Item
from prongsai.frameworks.shelf import library
from prongsai.inspection import assess
from prongsai.inspection.addresses import BadAddress, parse
from prongsai.inspection.assess import Found, Wanted
from prongsai.inspection.crawl import Walk, duplicates, walk
from prongsai.inspection.media import named_th
from prongsai.inspection.model import ElementVerdict, Facts, ItemVerdict, Link, Proposal, Seen, Verdict
from prongsai.inspection.network import Session
from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look_all
from prongsai.thai.agencies import find_agencies
from prongsai.thai.numerals import read_item_code
from prongsai.thai.places import PROVINCES
from prongsai.thai.text import collapse

VERDICT_TH = {Verdict.PASS: "ครบ", Verdict.FAIL: "ไม่ครบ", Verdict.CANNOT_TELL: "บอกไม่ได้"}
_VERDICT_STYLE = {Verdict.PASS: "green", Verdict.FAIL: "bold red", Verdict.CANNOT_TELL: "yellow"}


@click.command(name="inspect", short_help="what an assessor would find behind addresses")
@click.argument("targets", nargs=-1, metavar="FILE-OR-ADDRESS…")
@click.option("--framework", "framework_id", help="รหัสกรอบ เช่น ita-2569 (ไม่บอก = ปีล่าสุด เมื่อใช้ --item หรือ --home)")
@click.option("--item", "item_name", metavar="KEY|CODE", help="ข้อที่จะถือตาม เช่น procurement.monthly หรือ O11")
@click.option("--home", metavar="URL", help="เดินทั้งเว็บไซต์จากหน้าแรก: บอกทางคลิก และเสนอว่าหน้าใดตอบข้อใด")
@click.option("--limit", default=300, show_default=True, type=click.IntRange(min=1), help="จำนวนหน้าที่เปิดจาก --home")
@click.option("--agency", default="", metavar="NAME", help="ชื่อเต็มของหน่วยงาน ใช้ตรวจว่าไม่ใช่เอกสารของที่อื่น")
@click.option("--province", default="", metavar="NAME", help="จังหวัดของหน่วยงาน")
@click.option("--head", default="", metavar="NAME", help="ชื่อผู้บริหารสูงสุด ใช้ตรวจว่าลงนามและแสดงโดยคนปัจจุบัน")
@click.option(
    "--patience", metavar="SECONDS", type=click.FloatRange(0.1, 600), help="รอคำตอบกี่วินาที (ปกติ 20) ช้ากว่า 40% ของนั้นถือว่าช้า"
)
@click.option("--allow-private", is_flag=True, help="เปิดที่อยู่ในเครือข่ายภายในด้วย")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(
    targets: Sequence[str],
    framework_id: str | None,
    item_name: str | None,
    home: str | None,
    limit: int,
    agency: str,
    province: str,
    head: str,
    patience: float | None,
    allow_private: bool,
    as_json: bool,
) -> int:
    """เปิดที่อยู่เว็บหรือไฟล์อย่างที่ผู้ประเมินเปิด แล้วบอกว่าพบอะไร และครบตามองค์ประกอบของข้อหรือไม่."""
    if not targets and not home:
        raise click.UsageError("ไม่ได้ระบุที่อยู่เว็บหรือไฟล์ (หรือใช้ --home เพื่อเดินทั้งเว็บไซต์)")
    framework = _framework(framework_id, needed=bool(item_name or (home and not targets)))
    item = _item(framework, item_name) if framework and item_name else None
    files = [assess.need_file(Path(target)) for target in targets if not assess.is_address(target)]
    policy = _policy(allow_private, patience)
    walked = _walked(home, policy, limit) if home else None
    if walked is not None and not targets and framework:
        return _site(framework, walked, as_json=as_json)
    wanted = Wanted(policy, framework, item, walked, _facts(agency, province, head))
    found = [
        *(assess.of_files(files, wanted) if files else ()),
        *_looked([one for one in targets if assess.is_address(one)], wanted),
    ]
    if as_json:
        forms = [form(one) for one in found]
        json_out(forms[0] if len(forms) == 1 else forms)
    else:
        if framework:
            line(held_against(framework))
        for one in found:
            show(one)
    return FINE if all(one.is_fine for one in found) else HAS_ERRORS


def _framework(framework_id: str | None, *, needed: bool) -> Framework | None:
    if framework_id:
        return load(framework_id)
    if not needed:
        return None
    entries = [entry for entry in library() if entry.kind == "ita" and entry.fiscal_year_be]
    return load(max(entries, key=lambda entry: entry.fiscal_year_be or 0).id)


def _item(framework: Framework, name: str) -> Item:
    found = framework.item_by_key(name) or framework.item(read_item_code(name) or name)
    if found is None:
        known = ", ".join(item.code for item in framework.items[:3])
        raise FrameworkError(
            f"{framework.id} has no item {name!r}",
            message_th=f"{framework.id} ไม่มีข้อ {name}",
            mend_th=f"ใช้รหัสเช่น {known} (ดู prongsai frameworks show {framework.id})",
        )
    return found


def _policy(allow_private: bool, patience: float | None) -> Policy:
    """Give how addresses are looked at. patience: seconds until a server that says nothing is given up."""
    usual = Policy(allow_private=allow_private)
    if patience is None:
        return usual
    scale = patience / usual.read_seconds
    return replace(
        usual,
        read_seconds=patience,
        total_seconds=usual.total_seconds * max(scale, 1),
        slow_ms=round(usual.slow_ms * scale),
    )


def _facts(agency: str, province: str, head: str) -> Facts:
    """Give what was said of the office. Raises ProngsaiError for a province that there is none of."""
    name = collapse(province).removeprefix("จังหวัด")
    if name and name not in {one.name for one in PROVINCES}:
        raise ProngsaiError(
            f"there is no province {name!r}", message_th=f"ไม่มีจังหวัด {name}", mend_th="เขียนชื่อจังหวัดเต็ม เช่น ลพบุรี"
        )
    office = collapse(agency)
    is_local = not office or bool(find_agencies(office)) or "กรุงเทพมหานคร" in office
    return Facts(office, name, collapse(head), is_local=is_local)


# Looking


def _looked(addresses: Sequence[str], wanted: Wanted) -> Iterator[Found]:
    """Open addresses, all at once; gives what was found in the order of the call."""
    done: dict[str, Found] = {}
    slim: list[Seen] = []
    with Bar() as bar, Session(wanted.policy) as session:
        looks = look_all(dict.fromkeys(addresses), policy=wanted.policy, session=session)
        for seen in looks:
            done[seen.address] = one = assess.of_seen(seen, replace(wanted, session=session))
            slim.append(one.seen or seen)
            bar("เปิดที่อยู่", len(done), len(addresses))
    same = {problem.where.file: problem for problem in duplicates(slim)}
    for address in dict.fromkeys(addresses):
        one = done[address]
        more = (same[address],) if address in same else ()
        yield Found(one.target, one.seen, (*one.problems, *more), one.items, one.clicks, one.way)


def _walked(home: str, policy: Policy, limit: int) -> Walk:
    with suppress(BadAddress), Bar() as bar:
        parse(home)
        opened = iter(range(1, 100 * limit))

        def tell() -> bool:
            bar("เดินเว็บไซต์", min(next(opened), limit), limit)
            return False

        return walk(home, policy=policy, limit=limit, stop=tell)
    raise ProngsaiError(
        f"{home} is no address", message_th=f"{home} ไม่ใช่ที่อยู่เว็บ", mend_th="ใช้ที่อยู่หน้าแรก เช่น https://www.ชื่อ.go.th/"
    )


# A whole site


def _site(framework: Framework, walked: Walk, *, as_json: bool) -> int:
    found = assess.proposed(framework, walked)
    missing = assess.unanswered(framework, found)
    problems = walked.pages[walked.home].problems
    if as_json:
        json_out(_site_form(framework, walked, found, missing))
    else:
        if problems:
            problems_table(problems, f"{walked.home} — {counted(problems)}")
        line(
            f"เดิน {len(walked.pages)} หน้าจาก {walked.home}"
            + ("" if walked.is_whole else " (ยังไม่ครบ เพิ่ม --limit เพื่อไปต่อ)")
        )
        if walked.refused:
            line(f"robots.txt ของเว็บไซต์ห้าม {len(walked.refused)} หน้า จึงไม่ได้เปิด", "yellow")
        line(held_against(framework))
        rows = [
            (one.code, f"{one.sureness:.0%}", _clicks(one.steps), _title(framework, one), one.address, one.why_th)
            for one in found
        ]
        table(f"หน้าที่น่าจะตอบข้อ {len(rows)} ข้อ", ["ข้อ", "แน่ใจ", "คลิก", "เรื่อง", "ที่อยู่", "เพราะ"], rows, right=[1, 2])
        table(f"ไม่พบหน้า {len(missing)} ข้อ", ["ข้อ", "เรื่อง"], [(item.code, item.title_th) for item in missing])
    return HAS_ERRORS if has_errors(problems) else FINE


def _clicks(steps: Sequence[Link]) -> str:
    return str(len(steps)) if steps else ""


def _title(framework: Framework, one: Proposal) -> str:
    item = framework.item_by_key(one.key)
    return item.title_th if item else ""


def _site_form(
    framework: Framework, walked: Walk, found: Sequence[Proposal], missing: Sequence[Item]
) -> dict[str, object]:
    return {
        "home": walked.home,
        "framework": framework.id,
        "pages": len(walked.pages),
        "is_whole": walked.is_whole,
        "refused": list(walked.refused),
        "problems": [problem.to_json() for problem in walked.pages[walked.home].problems],
        "proposals": [
            {
                "key": one.key, "code": one.code, "title_th": _title(framework, one), "address": one.address,
                "sureness": one.sureness, "why_th": one.why_th, "clicks": len(one.steps) or None,
                "way": _way(one.steps),
            }
            for one in found
        ],
        "unanswered": [{"key": item.key, "code": item.code, "title_th": item.title_th} for item in missing],
    }  # fmt: skip


def _way(steps: Sequence[Link]) -> list[dict[str, str]]:
    return [{"address": step.address, "text": step.text} for step in steps]


# One target


def form(found: Found) -> dict[str, object]:
    """Give what ``--json`` prints for one target."""
    return {
        "target": found.target,
        "is_fine": found.is_fine,
        "seen": _seen_form(found.seen) if found.seen else None,
        "problems": [problem.to_json() for problem in found.problems],
        "items": [_item_form(item) for item in found.items],
        "clicks": found.clicks,
        "way": _way(found.way),
    }


def _seen_form(seen: Seen) -> dict[str, object]:
    return {
        "address": seen.address,
        "at": seen.at.isoformat(timespec="seconds"),
        "final_address": seen.final_address,
        "status": seen.status,
        "is_open": seen.is_open,
        "hops": [[hop.status, hop.address] for hop in seen.hops],
        "media_type": seen.media_type,
        "size": seen.size,
        "sha256": seen.sha256,
        "took_ms": seen.took_ms,
        "tls_until": seen.tls_until.isoformat() if seen.tls_until else None,
    }


def _item_form(item: ItemVerdict) -> dict[str, object]:
    elements = [
        {
            "key": one.key, "text_th": one.text_th, "verdict": one.verdict.value, "reason_th": one.reason_th,
            "mend_th": one.mend_th, "address": one.address, "where": one.where,
        }
        for one in item.elements
    ]  # fmt: skip
    problems = [problem.to_json() for problem in item.problems]
    return {
        "key": item.key, "code": item.code, "title_th": item.title_th, "verdict": item.verdict.value,
        "elements": elements, "problems": problems,
    }  # fmt: skip


def show(found: Found) -> None:
    """Print what was found of one target for a person."""
    line(_headline(found), "bold")
    if found.problems:
        problems_table(found.problems, counted(found.problems))
    elif not found.items:
        line("ไม่พบข้อสังเกต", "green")
    for item in found.items:
        line(f"{item.code} {item.title_th}: {VERDICT_TH[item.verdict]}", _VERDICT_STYLE[item.verdict])
        rows = [
            (VERDICT_TH[one.verdict], one.text_th, _why(one.reason_th, one.mend_th), _place(one, found))
            for one in item.elements
        ]
        table("", ["ผล", "องค์ประกอบ", "เพราะ", "ที่"], rows)
        if item.problems:
            problems_table(item.problems, counted(item.problems))


def _why(reason_th: str, mend_th: str) -> str:
    return f"{reason_th}\nแก้: {mend_th}" if mend_th else reason_th


def _place(one: ElementVerdict, found: Found) -> str:
    """Say where it was seen, when that is not the target itself: the name of the file, the page in it."""
    here = {found.target, Path(found.target).name, *([found.seen.final_address] if found.seen else [])}
    name = unquote(urlsplit(one.address).path).rpartition("/")[2]
    return " ".join(filter(None, ("" if {name, one.address} & here else name, one.where)))


def _headline(found: Found) -> str:
    seen = found.seen
    if seen is None:
        return found.target
    told = [str(seen.status) if seen.status else "ไม่มีคำตอบ"]
    if seen.final_address and seen.final_address != seen.address:
        told.append(f"→ {seen.final_address}")
    if seen.media_type:
        told.append(named_th(seen.media_type))
    if seen.size is not None:
        told.append(f"{seen.size:,} ไบต์")
    if seen.took_ms is not None and seen.status:
        told.append(f"{seen.took_ms / 1000:.1f} วินาที")
    if found.clicks is not None:
        told.append(f"{found.clicks} คลิกจากหน้าแรก")
    return f"{found.target}  {'  '.join(told)}"
