"""The files of ``deploy/``: they parse, name what is there, and say the same of the same thing."""

from __future__ import annotations

import http.client
import re
import shlex
import shutil
import ssl
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from prongsai import cli
from prongsai.cli.serve import NOT_UPGRADED
from tests.browser import is_ci
from tests.postgres import free_port
from tests.trips.server_parts import (
    COMPOSE,
    DEPLOY,
    HOST,
    ROOT,
    compose,
    nginx,
    nginx_files,
    wait_for,
    write_certificate,
)

UNITS = sorted((DEPLOY / "systemd").iterdir())
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".pem")
NAME = re.compile(r"PRONGSAI_[A-Z_]*[A-Z]")
SETTINGS = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
OFFICES, OURS = SETTINGS.split("## Not for people")
# What may stand in a service: a word that is none of these is a slip that compose would take for nothing.
SERVICE = {
    *("image", "build", "command", "environment", "env_file", "secrets", "volumes", "tmpfs", "read_only", "restart"),
    *("cap_drop", "cap_add", "security_opt", "ulimits", "networks", "ports", "healthcheck", "depends_on", "shm_size"),
    *("stop_grace_period",),
}
GIVEN_BY_THE_OFFICE = {"./secrets/database-password", "./secrets/database-address", "./tls", ".env"}


def missing(program: str, *, is_needed: bool = True) -> None:
    """Shout that something was not tried; in CI nothing may be missing that ``tests.machine`` can bring."""
    words = f"{program} is not installed: the files for it WERE NOT TRIED. Mend: python -m tests.machine --server"
    if is_ci() and is_needed:
        pytest.fail(words)
    warnings.warn(words, stacklevel=2)
    pytest.skip(words)


def settings_in(text: str) -> set[str]:
    """Give the settings that a text names; those of files count as theirs."""
    return {name.removesuffix("_FILE") for name in NAME.findall(text)}


def table_of(text: str) -> set[str]:
    return set(re.findall(r"^\| `(PRONGSAI_[A-Z_]+)` \|", text, re.MULTILINE))


# --- settings and commands --------------------------------------------------------------------------------------------
def test_every_setting_of_an_office_stands_in_the_example_and_no_other():
    assert settings_in((DEPLOY / "env.example").read_text(encoding="utf-8")) == table_of(OFFICES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_name_settings_and_paths_that_are_there(path: Path):
    text = path.read_text(encoding="utf-8")
    assert settings_in(text) - table_of(OFFICES) == set()
    named = re.findall(r"\b(?:docs|deploy|requirements|tests)/[\w./-]+\.(?:md|py|txt|conf|yaml)\b", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def commands() -> Iterator[tuple[str, list[str]]]:
    """Give each call of ours that stands in the files."""
    for name, service in compose()["services"].items():
        if service["command"][0] == "prongsai":
            yield f"compose.yaml {name}", [str(word) for word in service["command"][1:]]
    for unit in UNITS:
        for line in re.findall(r"^ExecStart=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
            yield unit.name, shlex.split(line)[1:]
    image = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    for line in re.findall(r'^CMD \["prongsai", (.+)\]$', image, re.MULTILINE):
        yield "Containerfile", shlex.split(line.replace(",", " "))
    for path in (DEPLOY / "windows").iterdir():
        for line in re.findall(r"prongsai (\w.*)$", path.read_text(encoding="utf-8"), re.MULTILINE):
            yield path.name, shlex.split(line.strip())


@pytest.mark.parametrize(
    ("place", "call"), list(commands()), ids=lambda one: one if isinstance(one, str) else " ".join(one)
)
def test_commands_have_verbs_and_options_that_there_are(place: str, call: list[str]):
    verb, *rest = call
    # A command keeps the help option of the context that it was first made in, also for the pages of the reference.
    root = click.Context(cli.prongsai, **cli.prongsai.context_settings)
    command = cli.prongsai.get_command(root, verb)  # type: ignore[attr-defined]
    assert command is not None
    with command.make_context(verb, rest, parent=root):
        pass


def test_units_serve_as_the_compose_file_does():
    found = dict(commands())
    beside = [word if word != "0.0.0.0" else HOST for word in found["compose.yaml app"]]
    assert found["prongsai.service"] == beside
    assert found["prongsai-work.service"] == found["compose.yaml worker"]


# --- compose and image ------------------------------------------------------------------------------------------------
def test_compose_file_names_what_it_has():
    read = compose()
    assert set(read) <= {"name", "x-platform", "services", "networks", "volumes", "secrets"}
    for name, service in read["services"].items():
        assert set(service) <= SERVICE, name
        assert service["restart"] == "unless-stopped" and service["command"], name
        assert set(service["networks"]) <= set(read["networks"]), name
        assert set(service.get("secrets", ())) <= set(read["secrets"]), name
        assert set(service.get("depends_on", ())) <= set(read["services"]), name
        for mount in service["volumes"]:
            source = mount.replace("${BACKUPS:-backups}", "backups").split(":")[0]
            if source.startswith("."):
                assert source in GIVEN_BY_THE_OFFICE or (DEPLOY / source).is_file(), mount
            else:
                assert source in read["volumes"], mount
        assert [one for one in service.get("env_file", ()) if one not in GIVEN_BY_THE_OFFICE] == []
    assert {one["file"] for one in read["secrets"].values()} <= GIVEN_BY_THE_OFFICE


def test_parts_have_no_more_rights_than_they_need():
    services = compose()["services"]
    for name, service in services.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        if name != "db":
            assert service["read_only"] is True and service["cap_drop"] == ["ALL"], name
    web = services["web"]["volumes"]
    assert all(mount.endswith(":ro") for mount in web)
    assert not any(mount.startswith("data:") for mount in web)  # files, keys and reports are no business of nginx
    assert "inside" in services["db"]["networks"] and "outside" not in services["db"]["networks"]
    assert compose()["networks"]["inside"]["internal"] is True
    assert [name for name, service in services.items() if "ports" in service] == ["web"]
    assert "depends_on" not in services["web"]  # the public sites wait for nobody


def test_worker_and_application_have_the_data_and_a_place_for_backups():
    services = compose()["services"]
    for name in ("app", "worker"):
        places = {mount.rpartition(":")[2] for mount in services[name]["volumes"]}
        assert {"/data", services[name]["environment"]["PRONGSAI_BACKUP_FOLDER"]} <= places, name
    image = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"install -d -o prongsai -g prongsai -m 0700 /backup$", image, re.MULTILINE)
    assert "#BACKUPS=" in (DEPLOY / "env.example").read_text(encoding="utf-8")


def test_unit_does_not_start_again_what_no_other_attempt_mends():
    unit = (DEPLOY / "systemd" / "prongsai.service").read_text(encoding="utf-8")
    assert f"\nRestartPreventExitStatus={NOT_UPGRADED}\n" in unit


def test_every_secret_of_the_compose_file_is_kept_out_of_the_history():
    for folder in ("secrets", "tls"):
        assert (DEPLOY / folder / ".gitignore").read_text(encoding="utf-8").splitlines() == ["*", "!.gitignore"]


def test_image_installs_by_hashes_alone_and_runs_as_nobody():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    installs = [line for line in text.splitlines() if "pip install" in line]
    assert all("--require-hashes" in line or "--no-deps --no-index" in line for line in installs) and len(installs) == 3
    assert "apt-get" not in text and "curl" not in text
    last = text[text.rindex("\nFROM ") :]
    assert re.search(r"^USER (?!0)\d+:\d+$", last, re.MULTILINE) and "HEALTHCHECK" in last
    taken = {line[1:] for line in (DEPLOY / "Containerfile.dockerignore").read_text().splitlines() if line[0] == "!"}
    copied = {word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for word in line.split()}
    assert copied == taken and all((ROOT / name).exists() for name in copied)


def test_health_is_asked_in_the_image_as_in_the_compose_file():
    asked = compose()["services"]["app"]["healthcheck"]["test"]
    image = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert asked[-1] in image.replace('\\"', '"') and "/health/ready/" in asked[-1]


def test_yaml_has_no_key_twice():
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: Any, node: Any) -> dict[Any, Any]:
        keys = [loader.construct_object(key) for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        assert len(keys) == len(set(keys)), keys
        loader.flatten_mapping(node)
        return dict(yaml.SafeLoader.construct_mapping(loader, node, deep=True))

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    yaml.load(COMPOSE.read_text(encoding="utf-8"), Loader=Strict)


# --- what other programs say of their files -----------------------------------------------------------------------------
def test_nginx_takes_its_files(tmp_path: Path):
    program = nginx()
    if program is None:
        missing("nginx")
    write_certificate(tmp_path / "tls")
    ports = {"http": free_port(), "https": free_port(), "app": free_port()}
    path = nginx_files(tmp_path, ports, tmp_path / "data")
    done = subprocess.run([str(program), "-t", "-c", str(path)], capture_output=True, text=True)
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr
    changed = path.read_text(encoding="utf-8").replace("upstream-host", "upstream-compose")
    shutil.copy(DEPLOY / "nginx" / "upstream-compose.conf", tmp_path)
    path.write_text(changed, encoding="utf-8")
    done = subprocess.run([str(program), "-t", "-c", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr  # without a name server, and with no application anywhere


def test_nginx_writes_down_nobody_who_loads_files_of_pages(tmp_path: Path):
    program = nginx()
    if program is None:
        missing("nginx")
    with tempfile.TemporaryDirectory(prefix="prongsai-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        write_certificate(folder / "tls")
        ports = {"http": free_port(), "https": free_port(), "app": free_port()}
        paths = ("/static/surveys/ask.css", "/static/complaints/report.0123456789ab.js")
        for path in paths:
            (folder / path[1:]).parent.mkdir(parents=True)
            (folder / path[1:]).write_text("/* */", encoding="utf-8")
        asked = [*paths, "/static/none.js", "/static/none.0123456789ab.js", f"{paths[0]}/below"]
        context = ssl.create_default_context(cafile=str(folder / "tls" / "fullchain.pem"))

        def status(path: str, source: str = HOST) -> int:
            line = http.client.HTTPSConnection(
                HOST, ports["https"], timeout=10, context=context, source_address=(source, 0)
            )
            try:
                line.request("GET", path)
                return line.getresponse().status
            except OSError:
                return 0
            finally:
                line.close()

        call = [str(program), "-c", str(nginx_files(folder, ports, folder)), "-g", "daemon off;"]
        with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(lambda: status("/public/05160101/none"), "nginx answers")
                assert [status(path, "127.0.0.77") for path in asked] == [200, 200, 404, 404, 404]
                assert status("/public/05160101/none", "127.0.0.78") == 404
                log = folder / "prongsai.log"
                wait_for(lambda: "127.0.0.78" in log.read_text(encoding="utf-8"), "who came otherwise is written down")
            finally:
                process.terminate()
                process.wait(30)
        logs = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.log"))
        assert "127.0.0.77" not in logs and "/static/" not in logs


def test_systemd_takes_the_units(tmp_path: Path):
    program = shutil.which("systemd-analyze")
    if program is None:
        missing("systemd-analyze", is_needed=False)  # the machine has it, or is none that runs units
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/prongsai/bin/prongsai", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run([str(program), "verify", *units], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@contextmanager
def caddy(folder: Path, port: int) -> Iterator[None]:
    """Run Caddy on its file with another address and other folders, without certificates."""
    program = shutil.which("caddy")
    if program is None:
        missing("caddy")
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    changed = {"ita.example.go.th {": f"http://{HOST}:{port} {{", "/var/lib/prongsai": str(folder)}
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    text = text.replace("127.0.0.1:8000", f"{HOST}:{free_port()}").replace("{\n", "{\n\tadmin off\n", 1)
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    call = [str(program), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with (folder / "log").open("wb") as log, subprocess.Popen(call, stdout=log, stderr=log, cwd=folder) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def test_caddy_gives_the_sites_as_files_and_writes_down_nobody():
    with tempfile.TemporaryDirectory(prefix="prongsai-caddy-") as name:
        folder, port = Path(name), free_port()
        for path in ("sites/05160101/index.html", "sites/05160101/2569/x/index.html", "sites/.being-built/index.html"):
            (folder / path).parent.mkdir(parents=True)
            (folder / path).write_text("<p>หน้าแรก</p>", encoding="utf-8")
        (folder / "secret_key").write_text("secret", encoding="utf-8")

        def asked(path: str) -> tuple[int, str | None]:
            line = http.client.HTTPConnection(HOST, port, timeout=10)
            try:
                line.request("GET", path, headers={"User-Agent": "nobody-may-see-this"})
                answer = line.getresponse()
                return answer.status, answer.getheader("location")
            except OSError:
                return 0, None
            finally:
                line.close()

        with caddy(folder, port):
            wait_for(lambda: asked("/")[0], "Caddy answers")
            assert asked("/public/05160101/") == (200, None)
            assert asked("/public/05160101/2569/x") == (308, "/public/05160101/2569/x/")
            away = ("/public/.being-built/", "/static/../secret_key", "/05160101/report/", "/05160101/ask/abc/")
            assert {path: asked(path)[0] for path in away if asked(path)[0] == 200} == {}
            assert asked("/metrics/")[0] == 404
        assert "nobody-may-see-this" not in (folder / "log").read_text(encoding="utf-8")


def test_files_for_windows_end_their_lines_as_it_does():
    for path in (DEPLOY / "windows").iterdir():
        text = path.read_bytes()
        assert text.count(b"\r\n") == text.count(b"\n") and text.startswith(b"@echo off\r\nchcp 65001")
