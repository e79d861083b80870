"""The batch: every input is accounted for, and what is wrong with one never loses another."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

import jixiao
import jixiao.run
from extract import Document, LoadOptions, office, soffice
from jixiao.result import Result, Status
from jixiao.run import Step, identify, process
from jixiao.sources import BESIDE_REPORTS, Source, discover
from tests.test_cli import REPORT


def write(path: Path, text: str = REPORT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def statuses(result: Result) -> dict[str, str]:
    return {Path(file.file).name: file.status.value for file in result.files}


def test_folders_are_walked_in_order_and_nothing_vanishes(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/deep/er.txt", ".hidden/x.txt", "~$a.docx", ".DS_Store", "notes.md", "z.txt"):
        write(tmp_path / name, f"{REPORT}{name}")
    sources = discover([tmp_path])
    assert [source.name.removeprefix(f"{tmp_path}/") for source in sources] == [
        ".DS_Store",
        ".hidden",
        "a/deep/er.txt",
        "b/1.txt",
        "b/2.txt",
        "notes.md",
        "z.txt",
        "~$a.docx",
    ]
    assert [bool(source.skip) for source in sources] == [True, True, False, False, False, True, False, True]


def test_what_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    notes = write(tmp_path / "notes.md")
    assert statuses(jixiao.extract(notes)) == {"notes.md": "ok"}
    assert statuses(jixiao.extract([tmp_path, notes])) == {"notes.md": "ok"}
    assert statuses(jixiao.extract(tmp_path)) == {"notes.md": "skipped"}


@pytest.mark.parametrize("suffix", sorted(BESIDE_REPORTS))
def test_the_suffixes_that_are_passed_over_are_no_report_formats(suffix: str) -> None:
    assert suffix not in {".txt", ".doc", ".docx", ".pdf", ".html", ".wps", ".rtf", ".xls", ".xlsx", ".ofd"}


def test_tables_of_a_run_are_no_input(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    jixiao.extract(tmp_path).write(tmp_path / "tables")
    again = jixiao.extract(tmp_path)
    assert statuses(again) == {"a.txt": "ok", "tables": "skipped"}
    (tmp_path / "fresh").mkdir()
    assert discover([tmp_path], leave=tmp_path / "fresh")[1].skip == "the output of this run"


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes of the file system")
def test_links_and_pipes_cannot_hold_a_run(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    result = jixiao.extract(tmp_path)
    assert statuses(result) == {"a.txt": "ok", "dangling.txt": "failed", "loop": "skipped", "pipe.txt": "skipped"}
    assert result.failed[0].error_code == "not_found"


def test_the_same_bytes_are_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "copy.txt")
    result = jixiao.extract([tmp_path, tmp_path / "a.txt"])
    assert statuses(result) == {"a.txt": "ok", "copy.txt": "duplicate"}
    assert result.files[1].error == f"the same bytes as {tmp_path / 'a.txt'}"
    assert result.files[0].sha256 == result.files[1].sha256
    assert len(result.table("reports")) == 1


def test_every_input_is_a_row(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", ".x", "~$y"):
        write(tmp_path / name)
    (tmp_path / "empty.pdf").touch()
    files = jixiao.extract(tmp_path).table("files")
    assert dict(zip(files["file"].map(os.path.basename), files["status"], strict=True)) == {
        "a.txt": "ok",
        "b.txt": "duplicate",
        ".x": "skipped",
        "~$y": "skipped",
        "empty.pdf": "failed",
    }


def test_a_defect_met_by_one_file_loses_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody foresaw is a status, named by its type."""
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name, REPORT + name)
    real = jixiao.run.load

    def load(path: Path, options: LoadOptions, name: str) -> Document:
        if path.name == "b.txt":
            raise RecursionError("too deep")
        return real(path, options, name)

    monkeypatch.setattr(jixiao.run, "load", load)
    result = jixiao.extract(tmp_path)
    assert statuses(result) == {"a.txt": "ok", "b.txt": "failed", "c.txt": "ok"}
    (failed,) = result.failed
    assert failed.error_code == "internal"
    assert failed.error.startswith("RecursionError: too deep — ")
    assert failed.sha256 and failed.size, "what was known of it is kept"


@contextmanager
def without_privilege() -> Iterator[None]:
    """Be a user whom permissions bind: root is not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows reads what has no permission")
def test_no_permission_is_a_status(tmp_path: Path) -> None:
    jixiao.extract(write(tmp_path / "readable.txt"))  # what reading needs is imported by who may
    with tempfile.TemporaryDirectory() as folder:  # tmp_path belongs to root alone, with all above it
        Path(folder).chmod(0o755)
        write(Path(folder, "a.txt")).chmod(0)
        with without_privilege():
            (failed,) = jixiao.extract(Path(folder, "a.txt")).failed
    assert failed.error_code == "permission"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are text")
def test_names_in_an_old_encoding_are_readable(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "自评报告.txt".encode("gb18030")
    Path(os.fsdecode(raw)).write_text(REPORT, "utf-8")
    result = jixiao.extract(tmp_path)
    result.write(tmp_path / "out")
    assert statuses(result) == {"自评报告.txt": "ok"}
    assert "自评报告.txt" in (tmp_path / "out" / "facts.csv").read_text("utf-8-sig")


def test_progress_tells_of_each_file_before_and_after(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path / name, REPORT + name)
    steps: list[Step] = []
    jixiao.extract(tmp_path, progress=steps.append)
    assert [(step.done, step.total, Path(step.file).name, step.result is not None) for step in steps] == [
        (0, 2, "a.txt", False),
        (1, 2, "a.txt", True),
        (1, 2, "b.txt", False),
        (2, 2, "b.txt", True),
    ]


def test_a_file_can_be_processed_elsewhere(tmp_path: Path) -> None:
    """What goes to a worker and what comes back can be pickled."""
    source = Source(write(tmp_path / "a.txt"), "a.txt")
    work = pickle.loads(pickle.dumps((source, identify(source), LoadOptions())))  # noqa: S301 - our own bytes
    done = process(*work)
    assert pickle.loads(pickle.dumps(done)) == done  # noqa: S301
    assert done.status is Status.OK and done.reports and done.seconds > 0


def test_facts_of_one_file(tmp_path: Path) -> None:
    facts = jixiao.facts(write(tmp_path / "a.txt"))
    assert Decimal(356000) in set(facts["value"])
    (tmp_path / "empty.txt").touch()
    with pytest.raises(ValueError, match=r"empty\.txt: .* — "):
        jixiao.facts(tmp_path / "empty.txt")
    with pytest.raises(ValueError, match="no such file"):
        jixiao.facts(tmp_path / "gone.txt")


def test_every_quote_stands_where_it_says(tmp_path: Path) -> None:
    result = jixiao.extract(write(tmp_path / "a.txt"))
    (file,) = result.files
    assert file.document is not None
    facts = result.table("facts")
    assert len(facts)
    for fact in facts.itertuples():
        assert file.document.text[fact.char_start : fact.char_end] == fact.quote


@pytest.mark.slow
@pytest.mark.skipif(office.available().soffice is None, reason="LibreOffice is not installed")
def test_old_word_files_are_converted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One call of LibreOffice for all; the outcome is that of each by itself."""
    for number in range(3):
        text = "".join(f"\\u{ord(letter)}?" for letter in f"{number + 1}年共拨付救助资金35.6万元。")
        (tmp_path / f"{number}.doc").write_bytes(rf"{{\rtf1\ansi\uc1 {text}\par}}".encode())
    calls: list[int] = []
    real = soffice.to_docx

    def counted(sources: list[Path], target: Path, **options: bool) -> dict[Path, Path]:
        calls.append(len(sources))
        return real(sources, target, **options)

    monkeypatch.setattr(soffice, "to_docx", counted)
    result = jixiao.extract(tmp_path)
    assert statuses(result) == {"0.doc": "ok", "1.doc": "ok", "2.doc": "ok"}
    assert [size for size in calls if size] == [3]
    alone = jixiao.extract(tmp_path / "1.doc")
    assert calls[-1] == 1
    assert alone.table("facts").equals(result.table("facts").query("file.str.endswith('1.doc')").reset_index(drop=True))
