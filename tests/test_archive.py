"""Archives: every member by its name, nothing outside the folder, and limits that hold whatever the archive states."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import py7zr
import pytest
import rarfile
from hypothesis import given
from hypothesis import strategies as st

import jixiao
from extract import archive, archive_limits
from extract.archive import Member, members
from extract.errors import EncryptedError, ExtractError, TooLargeError
from jixiao.result import Result, Status
from tests.archive_builder import rar
from tests.test_cli import REPORT

MEBI = 1 << 20


def zipped(names: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, data in names.items():
            packed.writestr(name, data)
    return made.getvalue()


def seven(names: dict[str, bytes], **options: str) -> bytes:
    made = BytesIO()
    with py7zr.SevenZipFile(made, "w", **options) as packed:  # type: ignore[arg-type]
        for name, data in names.items():
            packed.writestr(data, name)
    return made.getvalue()


def unpacked(tmp_path: Path, data: bytes) -> list[Member]:
    """Unpack, and hold that nothing was written but the members' own files in the folder."""
    path, folder = tmp_path / "a.zip", tmp_path / "in" / "folder"
    path.write_bytes(data)
    folder.mkdir(parents=True)
    found = list(members(path, folder))
    assert {entry.name for entry in tmp_path.iterdir()} == {"a.zip", "in"}
    assert {entry.name for entry in folder.parent.iterdir()} == {"folder"}
    for member in found:
        assert (member.path is None) != (member.error is None)
        assert member.path is None or (member.path.parent == folder and not member.path.is_symlink())
        assert ".." not in member.name.split("/")
        assert not member.name.startswith("/")
    return found


def contents(found: list[Member]) -> dict[str, bytes | str]:
    return {one.name: one.path.read_bytes() if one.path else one.error.code if one.error else "" for one in found}


FILES = {"甲县/自评报告.txt": "甲".encode(), "b.txt": b"b" * 70_000, "empty.txt": b"", "深/层/c.bin": bytes(range(256))}


@pytest.mark.parametrize("pack", [zipped, seven], ids=["zip", "7z"])
def test_members_are_unpacked_with_their_names(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    assert contents(unpacked(tmp_path, pack(FILES))) == FILES


def test_rar_members_are_unpacked_with_their_names(tmp_path: Path) -> None:
    named = [(name.encode("gb18030"), data) for name, data in FILES.items()]
    assert contents(unpacked(tmp_path, rar(*named))) == FILES


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_zip_names_in_the_packers_encoding(tmp_path: Path, encoding: str) -> None:
    """Chinese Windows packs names in GBK and says nothing; some of their second bytes look like a backslash."""
    for name in ("埇桥区/绩效自评报告.doc", "誠乗.txt"):
        raw = name.encode(encoding)
        data = zipped({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
        (tmp_path / name[:1]).mkdir()
        assert [one.name for one in unpacked(tmp_path / name[:1], data)] == [name]


def test_a_name_of_no_encoding_is_still_a_member(tmp_path: Path) -> None:
    data = zipped({"xxx.txt": b"1"}).replace(b"xxx.txt", b"\xff\xfe\x80.txt")
    (found,) = unpacked(tmp_path, data)
    assert found.path is not None
    assert found.name.endswith(".txt")


# Archives in archives


def nest(depth: int) -> bytes:
    data = "报告".encode()
    for level in range(depth, 0, -1):
        data = zipped({f"{level}.txt" if level == depth else f"{level}.zip": data, f"beside{level}.txt": b"x"})
    return data


def test_archives_in_archives_to_three_levels(tmp_path: Path) -> None:
    (tmp_path / "3").mkdir()
    found = contents(unpacked(tmp_path / "3", nest(3)))
    assert found["1.zip/2.zip/3.txt"] == "报告".encode()
    assert len(found) == 4
    (tmp_path / "4").mkdir()
    found = contents(unpacked(tmp_path / "4", nest(4)))
    assert found["1.zip/2.zip/3.zip"] == "too_large"
    assert found["beside1.txt"] == b"x"


def test_a_broken_archive_within_loses_no_other(tmp_path: Path) -> None:
    secret = seven({"s.txt": b"1"}, password="x")  # noqa: S106 - no secret
    data = zipped({"a.zip": b"PK\x03\x04rubbish", "b.7z": seven({"内.txt": b"2"}), "c.7z": secret, "d.txt": b"3"})
    assert contents(unpacked(tmp_path, data)) == {
        "a.zip": "damaged",
        "b.7z/内.txt": b"2",
        "c.7z": "encrypted",
        "d.txt": b"3",
    }


# What is wrong with a member


def test_a_broken_member_of_a_zip_loses_no_other(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"a" * 40, "b.txt": b"bad" * 40, "c.txt": b"c"}, zipfile.ZIP_STORED)
    found = contents(unpacked(tmp_path, data.replace(b"badbad", b"good!!", 1)))
    assert found == {"a.txt": b"a" * 40, "b.txt": "damaged", "c.txt": b"c"}


def test_a_broken_stream_of_a_7z_is_told_of_each_member(tmp_path: Path) -> None:
    data = bytearray(seven({"a.txt": os.urandom(5000), "b.txt": os.urandom(5000)}))
    data[3000] ^= 0xFF
    assert set(contents(unpacked(tmp_path, bytes(data))).values()) == {"damaged"}


def test_encrypted_members_and_archives(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"1"}))
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(head) + at] |= 1
    assert contents(unpacked(tmp_path, bytes(data))) == {"a.txt": "encrypted"}
    for number, secret in enumerate(
        (seven({"a.txt": b"1"}, password="x"), rar((b"a.txt", b"1" * 16), encrypted=True))  # noqa: S106 - no secret
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            assert contents(unpacked(folder, secret)) == {"a.txt": "encrypted"}
        except EncryptedError:
            continue


def test_links_are_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(info, "/etc/passwd")
        packed.writestr("a.txt", "1")
    assert contents(unpacked(tmp_path, made.getvalue())) == {"link": "unsupported", "a.txt": b"1"}
    (tmp_path / "7").mkdir()
    (tmp_path / "link").symlink_to("/etc/passwd")
    (tmp_path / "a.txt").write_text("1")
    made = BytesIO()
    with py7zr.SevenZipFile(made, "w") as packed:
        packed.write(tmp_path / "link", "link")
        packed.write(tmp_path / "a.txt", "a.txt")
    assert contents(unpacked(tmp_path / "7", made.getvalue())) == {"link": "unsupported", "a.txt": b"1"}


@pytest.mark.parametrize(
    "name", ["../../out.txt", "/etc/out.txt", "..\\..\\out.txt", "a/../../../out.txt", "C:\\out.txt"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    for number, data in enumerate((zipped({name: b"1"}), rar((name.encode(), b"1")))):
        folder = tmp_path / str(number)
        folder.mkdir()
        (found,) = unpacked(folder, data)
        assert found.name.endswith("out.txt")
        assert found.path is not None


def test_a_7z_name_that_leads_out_is_refused(tmp_path: Path) -> None:
    made = BytesIO()
    with py7zr.SevenZipFile(made, "w") as packed:
        packed.writestr(b"1", "out.txt")
        packed.writestr(b"2", "b.txt")
        packed.header.files_info.files[0]["filename"] = "../../out.txt"
    assert contents(unpacked(tmp_path, made.getvalue())) == {"out.txt": "unsupported", "b.txt": b"2"}


# What is made to do harm


@pytest.mark.parametrize("pack", [zipped, seven], ids=["zip", "7z"])
def test_a_bomb_is_stopped_early(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    found = unpacked(tmp_path, pack({"bomb.txt": bytes(20 * MEBI)}))
    assert contents(found) == {"bomb.txt": "too_large"}
    assert sum(file.stat().st_size for file in (tmp_path / "in").rglob("*") if file.is_file()) < 2 * MEBI


def test_a_size_that_lies_does_not_lift_the_limit(tmp_path: Path) -> None:
    data = bytearray(zipped({"bomb.txt": bytes(20 * MEBI)}))
    for head, at in ((b"PK\x03\x04", 18), (b"PK\x01\x02", 20)):
        struct.pack_into("<I", data, data.index(head) + at + 4, 10)
    (found,) = unpacked(tmp_path, bytes(data))
    assert found.error is not None
    assert sum(file.stat().st_size for file in (tmp_path / "in").rglob("*") if file.is_file()) < 2 * MEBI


def test_the_whole_is_limited_not_only_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, folder = tmp_path / "a.zip", tmp_path / "in"
    path.write_bytes(zipped({f"{n}.bin": os.urandom(MEBI) for n in range(4)}, zipfile.ZIP_STORED))
    folder.mkdir()
    monkeypatch.setattr(archive, "Budget", lambda folder: archive_limits.Budget(folder, left=2 * MEBI + 10))
    found = list(members(path, folder))
    assert [one.error is None for one in found] == [True, True, False, False]
    assert isinstance(found[-1].error, TooLargeError)


def test_ten_thousand_members_are_enough(tmp_path: Path) -> None:
    found = unpacked(tmp_path, zipped({f"{n}.txt": b"" for n in range(10_005)}, zipfile.ZIP_STORED))
    assert len(found) == 10_001
    assert found[-1].error is not None
    assert found[-1].error.code == "too_large"


@pytest.mark.parametrize("data", [zipped(FILES), seven(FILES), rar((b"a.txt", b"1"))], ids=["zip", "7z", "rar"])
@given(noise=st.binary(min_size=1, max_size=12), at=st.integers(0, 400))
def test_damage_is_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, noise: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("noise")
    path = folder / "a"
    path.write_bytes(data[:6] + data[6 : 6 + at] + noise + data[6 + at + len(noise) :])
    try:
        list(members(path, folder))
    except ExtractError:
        return


def test_a_compressed_rar_without_a_program_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytearray(rar((b"a.txt", b"1" * 50)))
    at = data.index(b"a.txt") - 7 - 4 + 4  # the method stands 7 bytes before the name
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(rarfile, "CURRENT_SETUP", None)
    head = data.index(b"a.txt") - 32
    data[at] = 0x33
    size = struct.unpack_from("<H", data, head + 5)[0]
    struct.pack_into("<H", data, head, zlib.crc32(bytes(data[head + 2 : head + size])) & 0xFFFF)
    (found,) = unpacked(tmp_path, bytes(data))
    assert found.error is not None
    assert found.error.code == "missing_program"
    assert "unar" in str(found.error)


# The batch


def statuses(result: Result, root: Path) -> dict[str, str]:
    return {file.file.removeprefix(f"{root}/"): file.status.value for file in result.files}


def test_every_member_is_a_row_with_its_status(tmp_path: Path) -> None:
    (tmp_path / "submissions.zip").write_bytes(
        zipped(
            {
                "甲县/报告.txt": REPORT.encode(),
                "甲县/副本.txt": REPORT.encode(),
                "坏.docx": b"PK\x03\x04rubbish",
                "空.doc": b"",
                ".DS_Store": b"x",
                "__MACOSX/._a": b"x",
                "~$a.docx": b"x",
                "说明.md": b"x",
                "乙县.7z": seven({"报告.txt": f"{REPORT}乙".encode()}),
            }
        )
    )
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04rubbish")
    (tmp_path / "empty.zip").write_bytes(zipped({}))
    result = jixiao.extract([tmp_path])
    assert statuses(result, tmp_path) == {
        "broken.zip": "failed",
        "empty.zip": "failed",
        "submissions.zip": "ok",
        "submissions.zip/甲县/报告.txt": "ok",
        "submissions.zip/甲县/副本.txt": "duplicate",
        "submissions.zip/坏.docx": "failed",
        "submissions.zip/空.doc": "failed",
        "submissions.zip/.DS_Store": "skipped",
        "submissions.zip/__MACOSX/._a": "skipped",
        "submissions.zip/~$a.docx": "skipped",
        "submissions.zip/说明.md": "skipped",
        "submissions.zip/乙县.7z/报告.txt": "ok",
    }
    facts = result.table("facts")
    assert set(facts["file"]) == {
        f"{tmp_path}/submissions.zip/甲县/报告.txt",
        f"{tmp_path}/submissions.zip/乙县.7z/报告.txt",
    }
    assert {file.error_code for file in result.failed} == {"damaged", "empty"}
    assert result.files[2].document is None


def test_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": REPORT.encode(), "b.zip": nest(3)}))

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    assert jixiao.extract(tmp_path / "a.zip").files[1].status is Status.OK
    with pytest.raises(KeyboardInterrupt):
        jixiao.extract(tmp_path / "a.zip", progress=stop)
    assert not list((tmp_path / "temp").iterdir())


def test_an_archive_of_failures_is_nothing_read(tmp_path: Path, cli: object) -> None:
    assert callable(cli)
    (tmp_path / "a.zip").write_bytes(zipped({"x.doc": b""}))
    outcome = cli("extract", tmp_path / "a.zip", "-o", tmp_path / "out")
    assert outcome.code == 1
    assert "a.zip/x.doc" in (tmp_path / "out" / "files.csv").read_text("utf-8-sig")
