"""The backup file itself: what is written is read, in pieces, and a part that is not the manifest's is noticed."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from prongsai.web.operations import archive, keys

SHA = "ab" * 32
MB = 1 << 20


def manifest(parts: list[archive.Part]) -> archive.Manifest:
    return archive.Manifest("0.1", "2026-11-21T00:00:00+00:00", "sqlite", "age1", [], {"agencies": ["0001"]}, parts)


def written(path: Path, sources) -> keys.Pair:
    pair = keys.new_pair()
    archive.write(path, sources, manifest, pair.public)
    return pair


def test_archive_is_read_as_it_was_written(tmp_path: Path):
    rows = ('{"id":1,"name":"ก"}\n' * 3).encode()
    sources = [("rows/agencies.unit.jsonl", [(rows, 3)]), (f"files/05160101/{SHA}", [(b"x" * 10, 1), (b"y", 0)])]
    pair = written(tmp_path / "b.age", sources)
    opened = archive.opened(tmp_path / "b.age", keys.read_private(pair.private), tmp_path / "plain")
    with opened.packed:
        assert (opened.manifest.rows, opened.manifest.files) == (3, 1)
        first, second = opened.manifest.parts
        assert list(opened.rows(first)) == [{"id": 1, "name": "ก"}] * 3
        opened.copy(second, tmp_path / "folder" / "file")
    assert (tmp_path / "folder" / "file").read_bytes() == b"x" * 10 + b"y"


def test_memory_does_not_grow_with_the_evidence(tmp_path: Path):
    def pieces() -> Iterator[tuple[bytes, int]]:
        for number in range(40):
            yield os.urandom(MB), int(number == 0)

    tracemalloc.start()
    try:
        pair = written(tmp_path / "b.age", [(f"files/05160101/{SHA}", pieces())])
        archive.opened(tmp_path / "b.age", keys.read_private(pair.private), tmp_path / "plain").packed.close()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "b.age").stat().st_size > 40 * MB
    assert peak < 10 * MB


def test_failure_while_reading_leaves_no_file_and_comes_out_as_it_is(tmp_path: Path):
    def pieces() -> Iterator[tuple[bytes, int]]:
        yield b"{}\n", 1
        raise KeyError("the database went away")

    (tmp_path / "b.age").write_bytes(b"the backup of yesterday")
    with pytest.raises(KeyError, match="the database went away"):
        written(tmp_path / "b.age", [("rows/agencies.unit.jsonl", pieces())])
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("b.age", b"the backup of yesterday")]


@pytest.mark.parametrize(
    "name", ["rows/../../../etc/passwd.jsonl", "files/05160101/short", "/rows/agencies.unit.jsonl", "secret_key"]
)
def test_part_of_a_strange_name_is_refused(tmp_path: Path, name: str):
    pair = written(tmp_path / "b.age", [(name, [(b"", 0)])])
    with pytest.raises(archive.BackupUnusable):
        archive.opened(tmp_path / "b.age", keys.read_private(pair.private), tmp_path / "plain")


def test_part_with_another_count_is_refused(tmp_path: Path):
    pair = written(tmp_path / "b.age", [("rows/agencies.unit.jsonl", [(b"{}\n{}\n", 3)])])
    with pytest.raises(archive.BackupUnusable):
        archive.opened(tmp_path / "b.age", keys.read_private(pair.private), tmp_path / "plain")


@pytest.mark.parametrize(
    ("found", "difference"),
    [({"a": ["1", "2"]}, ""), ({"a": ["1"]}, "older"), ({"a": ["1", "2", "3"]}, "newer"), ({"a": ["1", "3"]}, "newer")],
)
def test_migrations_tell_newer_from_older(found: dict[str, list[str]], difference: str):
    assert archive.migrations_differ(found, {"a": ["1", "2"]}) == difference


def test_key_is_read_in_any_writing_and_only_whole():
    pair = keys.new_pair()
    for text in (
        pair.private,
        f"# created\n{pair.private}\n",
        "\n".join(pair.lines),
        " ".join(pair.lines).lower(),
        f"{pair.private[:20]}  \n\n {pair.private[20:]}",
    ):
        assert keys.pair_of(text) == pair
    for text in ("", "AGE-SECRET-KEY-1", pair.public, pair.private[:-1], pair.private.replace("1", "I")):
        with pytest.raises(keys.KeyUnusable):
            keys.read_private(text)


def test_public_key_is_kept_once(tmp_path: Path):
    assert keys.kept_public(tmp_path) is None
    first, second = keys.new_pair(), keys.new_pair()
    keys.keep_public(tmp_path, first.public)
    with pytest.raises(FileExistsError):
        keys.keep_public(tmp_path, second.public)
    assert keys.kept_public(tmp_path) == first.public
    assert [path.name for path in tmp_path.iterdir()] == [keys.NAME]
