"""Old word processor files, made into .docx by LibreOffice: what comes out, and what goes wrong."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from extract import LOADERS, load, office, office_anydoc, ole, sniff, soffice
from extract.errors import DamagedError, EncryptedError, MissingProgramError
from extract.options import LoadOptions
from tests.docx_builder import abstract, docx, lvl, num, p, row, table, tc
from tests.test_sniff import compound

needs_soffice = pytest.mark.skipif(soffice.program() is None, reason="LibreOffice is not installed")
REPORT = docx(
    p("总体情况", num="1"),
    p("埇桥区医保局支出30.5万元", num="1", level=1),
    table(
        row(tc("单位", merge="restart"), tc("其中：", span=2)),
        row(tc(merge="continue"), "甲", "乙"),
        row("丙", "1", "2"),
    ),
    p("结论", num="1"),
    numbering=abstract(0, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）")) + num(1, 0),
)
TEXT = "一、总体情况\n（一）埇桥区医保局支出30.5万元\n单位\t其中：\n甲\t乙\n丙\t1\t2\n二、结论"
RTF = r"{\rtf1\ansi\ansicpg936 {\fonttbl{\f0\fcharset134 SimSun;}}\f0 \'d6\'a7\'b3\'f6 30.5 \par\u22471?\'c7\'c5\par}"
WORD_2003 = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
    "<w:p><w:r><w:t>埇桥区</w:t></w:r></w:p></w:body></w:wordDocument>"
)


@pytest.fixture(scope="session")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as .doc, .rtf (which LibreOffice writes without its Chinese marks in numbers) and .odt."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "report.docx").write_bytes(REPORT)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for kind in ("doc", "rtf", "odt"):
        target = ("--convert-to", kind, "--outdir", folder)
        command = [soffice.program() or "", profile, "--headless", *target, folder / "report.docx"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@needs_soffice
@pytest.mark.parametrize(("kind", "media_type"), [("doc", sniff.DOC), ("odt", sniff.ODT)])
def test_an_old_file_reads_as_the_new_one(old_word: Path, kind: str, media_type: str) -> None:
    document = load(old_word / f"report.{kind}")
    assert document.text == TEXT
    assert document.media_type == media_type
    table_cells = next(block.cells for block in document.blocks if block.kind == "table")
    assert [(cell.row, cell.col, cell.rowspan, cell.colspan) for cell in table_cells][:2] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
    ]
    assert [block.number for block in document.blocks] == ["一、", "（一）", None, "二、"]


@needs_soffice
def test_rtf_keeps_text_and_cells(old_word: Path) -> None:
    document = load(old_word / "report.rtf")
    assert document.media_type == sniff.RTF
    assert "埇桥区医保局支出30.5万元\n单位\t其中：\n甲\t乙\n丙\t1\t2\n" in document.text


@needs_soffice
@pytest.mark.parametrize(
    ("data", "media_type", "text"),
    [
        (RTF.encode(), sniff.RTF, "支出 30.5 \n埇桥"),
        (WORD_2003.encode(), sniff.WORD_XML, "埇桥区"),
    ],
)
def test_what_is_named_doc_and_is_none(tmp_path: Path, data: bytes, media_type: str, text: str) -> None:
    path = tmp_path / "-o 报告's .doc"
    path.write_bytes(data)
    document = load(path)
    assert (document.text, document.media_type) == (text, media_type)


@needs_soffice
def test_many_are_converted_ahead_and_found_again(
    old_word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rich, broken, new = tmp_path / "rich.doc", tmp_path / "broken.doc", tmp_path / "new.docx"
    rich.write_bytes(RTF.encode())
    broken.write_bytes(compound("WordDocument"))
    new.write_bytes(REPORT)
    copy = tmp_path / "report.doc"
    shutil.copy(old_word / "report.doc", copy)
    folder = tmp_path / "converted"
    paths = [old_word / "report.doc", copy, rich, broken, new]
    failed = office.convert_many(paths, folder)
    assert set(failed) == {broken}
    assert isinstance(failed[broken], DamagedError)
    monkeypatch.setenv("PATH", "")  # nothing more is converted
    ready = LoadOptions(converted=folder)
    assert [load(path, ready).text for path in paths if path != broken] == [
        TEXT,
        TEXT,
        "支出 30.5 \n埇桥",
        TEXT,
    ]
    assert office.convert_many(paths[:3], folder) == {}


@needs_soffice
@pytest.mark.parametrize("length", [600, 3000, 6000])
def test_a_damaged_file_does_not_become_rubbish(old_word: Path, tmp_path: Path, length: int) -> None:
    path = tmp_path / "cut.doc"
    path.write_bytes((old_word / "report.doc").read_bytes()[:length])
    try:
        document = load(path)
    except DamagedError:
        return
    assert set(document.text) <= set(TEXT) | set("\n")


@needs_soffice
def test_a_file_that_libreoffice_takes_for_plain_text_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.doc"
    path.write_bytes(b"{\\rtf" + bytes(range(1, 256)) * 40)
    with pytest.raises(DamagedError):
        load(path)


@needs_soffice
def test_a_password_is_told_before_anything_runs(
    old_word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytearray((old_word / "report.doc").read_bytes())
    at = (ole.top_level(bytes(data))["WordDocument"].first + 1) * 512
    data[at + 11] |= 1
    path = tmp_path / "secret.doc"
    path.write_bytes(data)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EncryptedError):
        load(path)
    assert isinstance(office.convert_many([path], tmp_path)[path], EncryptedError)


def fake(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program named soffice before the real one; in it, $out is the folder to write to, $files the files."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    head = '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout=$2; shift 2; files="$*"\nmkdir -p "$out"\n'
    program.write_text(head + script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


@pytest.fixture
def rtf(tmp_path: Path) -> Path:
    path = tmp_path / "report.doc"
    path.write_text(RTF)
    return path


def test_the_output_is_the_proof_and_not_the_exit_code(
    rtf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, "exit 0\n", monkeypatch)
    with pytest.raises(DamagedError, match="LibreOffice makes nothing of it"):
        load(rtf)
    (tmp_path / "bin" / "soffice").unlink()
    (tmp_path / "bin").rmdir()
    (tmp_path / "made.docx").write_bytes(REPORT)
    fake(tmp_path, f'cp "{tmp_path}/made.docx" "$out/file.docx"\nexit 77\n', monkeypatch)
    assert load(rtf).text == TEXT


def test_a_converter_that_hangs_is_killed_with_its_children(
    rtf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice, "PATIENCE", 1.0)
    fake(tmp_path, f'sleep 300 &\necho $! > "{tmp_path}/child"\nwait\n', monkeypatch)
    begun = time.monotonic()
    with pytest.raises(DamagedError):
        load(rtf)
    assert time.monotonic() - begun < 20
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_one_file_that_breaks_a_batch_loses_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(REPORT)
    script = (
        'for file in $files; do\n  echo "$file" >> "{0}/log"\n  grep -q poison "$file" && kill -9 $$\n'
        '  name=$(basename "$file"); cp "{0}/made.docx" "$out/${{name%.*}}.docx"\ndone\n'
    )
    fake(tmp_path, script.format(tmp_path), monkeypatch)
    paths = []
    for index in range(5):
        path = tmp_path / f"{index}.rtf"
        path.write_text(RTF + (" poison" if index == 1 else f" {index}"))
        paths.append(path)
    failed = office.convert_many(paths, tmp_path / "converted")
    assert set(failed) == {paths[1]}
    assert len(list((tmp_path / "converted").iterdir())) == 4


def test_nothing_of_the_user_is_touched(rtf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(REPORT)
    script = (
        f'echo "$HOME" > "{tmp_path}/home"\ncp "$HOME/profile/user/registrymodifications.xcu" "{tmp_path}/settings"\n'
        f'cp "{tmp_path}/made.docx" "$out/file.docx"\n'
    )
    fake(tmp_path, script, monkeypatch)
    load(rtf)
    home = Path((tmp_path / "home").read_text().strip())
    assert home != Path.home()
    assert not home.exists()
    assert re.search(r'DisableMacrosExecution" oor:op="fuse"><value>true<', (tmp_path / "settings").read_text())


def test_without_a_converter_the_remedy_is_named(rtf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "find_spec", lambda _: None)
    assert office.available() == office.Available(None, anydoc=False)
    with pytest.raises(MissingProgramError, match="apt-get install libreoffice-writer"):
        load(rtf)


@needs_soffice
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_without_libreoffice_anydoc_reads_and_says_what_is_lost(
    old_word: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("anydoc", reason="the extra anydoc is not installed")
    monkeypatch.setenv("PATH", "")
    document = load(old_word / f"report.{kind}")
    assert [notice.code for notice in document.warnings] == ["without_libreoffice"]
    (found,) = (block for block in document.blocks if block.kind == "table")
    assert [(cell.row, cell.col, cell.rowspan, cell.colspan, cell.text) for cell in found.cells][:2] == [
        (0, 0, 2, 1, "单位"),
        (0, 1, 1, 2, "其中："),
    ]
    for part in ("总体情况", "埇桥区医保局支出30.5万元", "结论"):
        assert part in document.text
    for block in document.blocks:
        assert document.text[block.span.start : block.span.end] == block.text


@pytest.mark.parametrize("harm", ["os.abort()", "time.sleep(60)", "bytearray(6 << 30)", "raise KeyError(1)"])
def test_a_file_that_harms_anydoc_harms_nothing_else(
    rtf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    (tmp_path / "anydoc.py").write_text(
        "import os, time\nclass ConvertError(Exception): pass\nEncryptedError = ResourceLimitError = ConvertError\n"
        f"def to_document(data):\n    {harm}\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "find_spec", lambda name: name)
    monkeypatch.setattr(office_anydoc, "PATIENCE", 3)
    with pytest.raises(DamagedError, match="LibreOffice reads more"):
        load(rtf)


def test_what_anydoc_cannot_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("anydoc", reason="the extra anydoc is not installed")
    monkeypatch.setenv("PATH", "")
    path = tmp_path / "x.doc"
    path.write_bytes(ole.MAGIC + bytes(600) + "WordDocument".encode("utf-16-le"))
    with pytest.raises(DamagedError):
        load(path)
    path.write_text(WORD_2003, "utf-8")
    with pytest.raises(MissingProgramError):
        load(path)


def test_every_kind_that_is_converted_is_registered() -> None:
    assert set(office.SUFFIXES) <= set(LOADERS)


@pytest.mark.corpus
@needs_soffice
def test_real_reports_read_the_same_as_doc_and_as_docx(corpus: Path, tmp_path: Path) -> None:
    paths = sorted(corpus.glob("*/report.doc"))
    assert office.convert_many(paths, tmp_path) == {}
    for path in paths:
        old, new = load(path, LoadOptions(converted=tmp_path)), load(path.with_suffix(".docx"))
        assert old.text == new.text
        assert [block.number for block in old.blocks] == [block.number for block in new.blocks]
