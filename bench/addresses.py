"""Check thousands of addresses on loopback: ``python -m bench.addresses [COUNT]``, beside LinkChecker in the same run.

The server is a process of its own, written for this: it answers from memory, so that what is timed is the checking.
Every address is a page of some 4 kB of Thai text; LinkChecker is given the same pages, linked from one. Neither
rests between two requests here (the host is the machine itself); both have 16 threads.
"""

import asyncio
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look_all

COUNT, WORKERS = 5_000, 16
HURRY = "LinkChecker: allow\r\n"  # without it LinkChecker keeps to ten requests a second, whatever it is told
WORDS = "<p>รายงานผลการดำเนินงานของเทศบาลตำบลบ้านสวนพลู ประจำปีงบประมาณ พ.ศ. ๒๕๖๙</p>" * 20


async def serve(count: int) -> None:
    server = await asyncio.start_server(
        lambda reader, writer: answer(reader, writer, count), "127.0.0.1", 0, backlog=256
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, count: int) -> None:
    try:
        while True:
            asked = await reader.readuntil(b"\r\n\r\n")
            method, path = asked.split(b" ", 2)[:2]
            status, body = page(path.decode(), count)
            length = f"Content-Length: {len(body)}\r\n{HURRY}\r\n"
            head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{length}"
            writer.write(head.encode() + (b"" if method == b"HEAD" else body))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def page(path: str, count: int) -> tuple[str, bytes]:
    if path == "/":
        text = "".join(f'<p><a href="/{number}.html">ข้อ {number}</a></p>' for number in range(count))
    elif path == "/robots.txt":
        return "404 Not Found", b""
    else:
        text = f"<h1>ข้อมูลสาธารณะ {path}</h1>{WORDS}"
    return (
        "200 OK",
        f'<!doctype html><html lang="th"><head><title>บ้านสวนพลู</title></head><body>{text}</body></html>'.encode(),
    )


def ours(url: str, count: int) -> tuple[float, int]:
    policy = Policy(allow_private=True, per_host=WORKERS)
    began = time.perf_counter()
    fine = sum(
        seen.is_open and not seen.problems for seen in look_all(addresses(url, count), policy=policy, workers=WORKERS)
    )
    assert fine == count
    return time.perf_counter() - began, rss_mb()


def addresses(url: str, count: int) -> Iterator[str]:
    return (f"{url}/{number}.html" for number in range(count))


def rss_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def linkchecker(url: str) -> tuple[float, int, int] | None:
    """Give its seconds, its largest memory in MB and how many links it checked; None where it is not installed."""
    program = shutil.which("linkchecker")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "linkcheckerrc"
        settings.write_text("[checking]\nmaxrequestspersecond=100000\n", encoding="utf-8")
        call = [program, "-f", str(settings), "-t", str(WORKERS), "-r", "1", "--no-status", "-o", "none", url + "/"]
        Path(folder).chmod(0o755)
        settings.chmod(0o644)
        began = time.perf_counter()
        done = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        most = [0]
        watching = threading.Thread(target=watch, args=(done, most), daemon=True)
        watching.start()
        status = done.wait()
        watching.join()
        return time.perf_counter() - began, most[0], status


def watch(process: subprocess.Popen[bytes], most: list[int]) -> None:
    """Note the largest memory of a process, in MB, as long as it runs (Linux)."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None and status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM"):
                most[0] = max(most[0], int(line.split()[1]) // 1024)
        time.sleep(0.1)


def report(count: int = COUNT) -> list[str]:
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.addresses", "serve", str(count)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        before = rss_mb()
        seconds, memory = ours(url, count)
        other = linkchecker(url)
    finally:
        server.terminate()
        server.wait()
    rows = [f"| prongsai | {count:,} | {seconds:.1f} | {count / seconds:,.0f} | {memory} (before: {before}) |"]
    if other is None:
        rows.append("| LinkChecker | not installed | | | |")
    else:
        rows.append(
            f"| LinkChecker (exit {other[2]}) | {count:,} | {other[0]:.1f} | {count / other[0]:,.0f} | {other[1]} |"
        )
    return [
        "## Checking addresses on loopback", "",
        "| by | addresses | seconds | a second | MB at most |", "|---|---:|---:|---:|---:|", *rows, "",
    ]  # fmt: skip


def main() -> int:
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2])))
        return 0
    sys.stdout.write("\n".join(report(int(sys.argv[1]) if sys.argv[1:] else COUNT)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
