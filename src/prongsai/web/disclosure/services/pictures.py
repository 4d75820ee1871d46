"""A picture of an address, taken with a browser that is installed on the machine; none there, no picture."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from prongsai.inspection.addresses import BadAddress, parse
from prongsai.inspection.guard import NoWay, checked_addresses
from prongsai.inspection.model import Seen
from prongsai.inspection.policy import Policy
from prongsai.web import environment

BROWSER = "PRONGSAI_BROWSER"  # where a browser of the Chrome family stands; ``none``: take no pictures
SECONDS = 45
_SIZE = "1280,2000"
_SETTLE_MS = 8_000  # of the page's own time, which runs faster than ours
_NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge", "brave-browser")
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
_WINDOWS_HOMES = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_PAGES = ("text/html", "application/xhtml+xml")
_PNG = b"\x89PNG\r\n\x1a\n"
_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-features=Translate,MediaRouter,OptimizationHints",
    "--disable-quic",
    "--no-proxy-server",  # a proxy would look names up for itself
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # calls between browsers know no rule of names
    "--deny-permission-prompts",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--use-mock-keychain",
)


def browser() -> Path | None:
    """Find a browser that can be run without a window; None when there is none, or nobody wants pictures."""
    named = environment.text(BROWSER)
    if named:
        return Path(named) if named != "none" and Path(named).is_file() else None
    return next((path for path in _places() if path.is_file()), None)


def picture_of(seen: Seen, *, policy: Policy) -> bytes | None:
    """Give a PNG of how a browser shows what was seen; None when it is no page, there is no browser, or it fails."""
    program = browser()
    if program is None or not seen.is_open or seen.media_type.partition(";")[0] not in _PAGES:
        return None
    way = _way(seen.final_address, policy)
    return _taken(program, seen.final_address, way) if way is not None else None


def _places() -> Iterator[Path]:
    if sys.platform == "win32":
        homes = [Path(home) for name in _WINDOWS_HOMES if (home := os.environ.get(name))]
        yield from (home / rest for home in homes for rest in _WINDOWS)
    elif sys.platform == "darwin":
        yield from (Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in _MAC)
    yield from (Path(found) for name in _NAMES if (found := shutil.which(name)))


def _way(address: str, policy: Policy) -> list[str] | None:
    """Give the flags that keep the browser on the address that was checked; None for one that may not be opened.

    Everything else that the page asks for, leads to or frames is not found: other hosts, however they are spelled, and
    other ports of its own. Which of them stand in our network, no list of names can say.
    """
    try:
        place = parse(address)
        found = checked_addresses(place.host, place.port, policy, policy.connect_seconds)
    except (BadAddress, NoWay):
        return None
    ip, port = found[0]
    shown = f"[{ip}]" if ":" in ip else ip
    return [f"--host-resolver-rules=MAP {place.host}:{place.port} {shown}:{port}, MAP * ~NOTFOUND"]


def _taken(program: Path, address: str, way: list[str]) -> bytes | None:
    with tempfile.TemporaryDirectory(prefix="prongsai-picture-", ignore_cleanup_errors=True) as folder:
        picture = Path(folder) / "picture.png"
        own = [f"--user-data-dir={folder}", f"--window-size={_SIZE}", f"--virtual-time-budget={_SETTLE_MS}"]
        # Chrome's own cage needs rights that root gives away; anybody else keeps it.
        cage = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        _run([str(program), *_FLAGS, *cage, *own, *way, f"--screenshot={picture}", address])
        content = picture.read_bytes() if picture.is_file() else b""
    return content if content.startswith(_PNG) else None


def _run(command: list[str]) -> None:
    """Run a program to its end, or end it and everything it started when it takes too long."""
    try:
        running = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
        )
    except OSError:
        return
    try:
        running.wait(SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _end(running)


def _end(running: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        running.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)  # the group that we made: helpers of the browser with it
    running.wait()
