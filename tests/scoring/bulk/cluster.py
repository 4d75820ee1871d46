"""A real cluster of Spark on this machine: a master and two workers, each a process of its own, on 127.0.0.1 only."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import is_ci
from tests.postgres import free_port

VARIABLE = "PRONGSAI_TEST_SPARK"  # set by make test-spark: a cluster is minutes, not seconds
WORKERS = 2
WAIT_S = 180.0
NONE = (
    "NO JAVA OR NO PYSPARK: the tests of the cluster DID NOT RUN. Mend: install Java 17 or later, then make test-spark."
)


def can_run() -> bool:
    """Whether a cluster is asked for and can be had; shouts when it is and cannot."""
    if not os.environ.get(VARIABLE):
        return False
    try:
        import pyspark  # noqa: F401
    except ImportError:
        there = False
    else:
        there = shutil.which("java") is not None or bool(os.environ.get("JAVA_HOME"))
    if not there:
        print(f"\n{'=' * 100}\n{NONE}\n{'=' * 100}\n", file=sys.stderr)
        if is_ci():
            raise RuntimeError(NONE)
    return there


@contextmanager
def cluster() -> Iterator[str]:
    """Start the cluster and give the address of its master; every process is ended afterwards."""
    import pyspark

    launcher = Path(pyspark.__file__).parent / "bin" / ("spark-class.cmd" if os.name == "nt" else "spark-class")
    folder = Path(tempfile.mkdtemp(prefix="prongsai-cluster-"))
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    here = ["--host", "127.0.0.1", "--webui-port", "0"]
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(_start(launcher, folder, "master.Master", *here, "--port", str(port)))
        _wait(port, started)
        for number in range(WORKERS):
            work = ["--work-dir", str(folder / f"work{number}"), "--cores", "1", "--memory", "1g"]
            started.append(_start(launcher, folder, "worker.Worker", *here, *work, address))
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _start(launcher: Path, folder: Path, what: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOG_DIR": str(folder),
        "SPARK_DAEMON_MEMORY": "512m",
        "PYSPARK_PYTHON": sys.executable,
    }
    log = (folder / f"{what}-{len(list(folder.iterdir()))}.log").open("wb")
    command = [str(launcher), f"org.apache.spark.deploy.{what}", *arguments]
    with log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)


def _wait(port: int, started: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        if any(process.poll() is not None for process in started):
            break
        with socket.socket() as line:
            line.settimeout(1)
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)
    raise RuntimeError("the master of the cluster did not start")
