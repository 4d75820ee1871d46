"""Time the published page: ``python -m bench.public_site [SECONDS]``: our static mount beside nginx on the same file.

Both serve one folder from this machine to wrk on this machine, one after the other, so that neither takes the other's
time; the spread is that of three rounds. nginx and wrk are asked for by name; what is missing is left out and told.
"""

import getpass
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prongsai.portal import model
from prongsai.portal.build import publish

ROUNDS = 3
CONNECTIONS = 32
PAGE = "2569/procurement.monthly"
CODE = "05160101"
_SERVE = """
import sys
from pathlib import Path
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
if __name__ == "__main__":
    Granian("nothing:application", port=int(sys.argv[2]), interface=Interfaces.WSGI, workers=1, blocking_threads=4,
            websockets=False, log_level=LogLevels.error, static_path_route=["/public"],
            static_path_mount=[Path(sys.argv[1])], static_path_dir_to_file="index.html", static_path_expires=60).serve()
"""
_NOTHING = "def application(environ, start):\n    start('200 OK', [])\n    return [b'']\n"
_NGINX = """
{user} worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; location /public/ {{ alias {sites}/; index index.html; expires 60s; }} }}
}}
"""


def site() -> model.Site:
    """Give a small site whose page is as long as one of an item: text, a table of sixty rows, a file."""
    columns = tuple(model.Column(f"c{n}", f"รายการที่ {n}") for n in range(6))
    rows = tuple(tuple(f"ข้อมูล {row}/{column}" for column in range(6)) for row in range(60))
    table = model.DataTable("list", "รายการจัดซื้อจัดจ้าง", columns, rows)
    body = tuple(model.Block(model.BlockKind.PARAGRAPH, ("ข้อความของหน่วยงาน " * 20,)) for _ in range(4))
    release = model.Release(1, model.Standing.CURRENT, "รายการจัดซื้อจัดจ้างรายเดือน", body=body, tables=(table,))
    page = model.Page(PAGE, "item", release.title, (release,), code="O12", year_be=2569)
    entry = model.Entry(PAGE, "item", page.title, "1", lambda: page, code="O12", year_be=2569, has_data=True)
    return model.Site(model.Office("เทศบาลตำบลบ้านสวนพลู", CODE), "1", entries=(entry,))


@contextmanager
def running(command: list[str], url: str, where: Path) -> Iterator[None]:
    """Have a server up until its page is answered."""
    process = subprocess.Popen(command, cwd=where, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def rate(url: str, seconds: int) -> float:
    """Give the requests a second that wrk counted."""
    call = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", url]
    told = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(told)
    return float(next(line.split()[1] for line in told.splitlines() if line.startswith("Requests/sec")))


def main(seconds: int = 3) -> int:
    """Print a line a server: requests a second, median and spread of the rounds."""
    if not shutil.which("wrk"):
        print("wrk is not installed: nothing was timed")
        return 0
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as name:
        folder = Path(name)
        publish(site(), folder / "sites" / CODE)
        size = (folder / "sites" / CODE / PAGE / "index.html").stat().st_size
        (folder / "serve.py").write_text(_SERVE, encoding="utf-8")
        (folder / "nothing.py").write_text(_NOTHING, encoding="utf-8")
        servers = {
            "prongsai serve (static mount, one process)": (18961, [sys.executable, "serve.py", "sites", "18961"])
        }
        if nginx := shutil.which("nginx"):
            config = folder / "nginx.conf"
            user = "user root;" if getpass.getuser() == "root" else ""
            said = _NGINX.format(folder=folder, port=18962, sites=folder / "sites", user=user)
            config.write_text(said, encoding="utf-8")
            servers["nginx (one process)"] = (18962, [nginx, "-c", str(config), "-e", str(folder / "error.log")])
        print(f"page of {size:,} bytes, {CONNECTIONS} connections, {ROUNDS} rounds of {seconds} s")
        for called, (port, command) in servers.items():
            url = f"http://127.0.0.1:{port}/public/{CODE}/{PAGE}/"
            with running(command, url, folder):
                seen = [rate(url, seconds) for _ in range(ROUNDS)]
            print(f"{called:45} {statistics.median(seen):10,.0f}/s  [{min(seen):,.0f}–{max(seen):,.0f}]", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:2])))
