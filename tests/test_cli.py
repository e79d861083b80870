"""The command line: what a person types, what stands on which stream, which code it ends with."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao import __version__
from jixiao.tables import rows
from tests.conftest import Cli
from tests.test_tables import CONTRACT

REPORT = """\
某县2021年度城乡医疗救助资金绩效自评报告
一、资金情况
2021年共拨付救助资金35.6万元，救助困难群众1200人，执行率98.5%。
"""
ANSI = re.compile(r"\x1b\[")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "report.txt"
    path.parent.mkdir()
    path.write_text(REPORT, "utf-8")
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "jixiao", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


# What it answers


def test_version(cli: Cli) -> None:
    outcome = cli("--version")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"jixiao {__version__}\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="the time of children is not told there")
@pytest.mark.parametrize("words", [["--version"], ["--help"], ["extract", "--help"]], ids=" ".join)
def test_version_and_help_answer_at_once(words: list[str]) -> None:
    """Within 0.3 s of the processor's time, or twelve times what a slow machine takes to start Python at all."""
    bare = min(_seconds("-c", "pass") for _ in range(5))
    assert min(_seconds("-m", "jixiao", *words) for _ in range(5)) < max(0.3, 12 * bare)


def _seconds(*words: str) -> float:
    """Return what a program of Python's costs: what waits for others on a busy machine is not ours."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], capture_output=True, timeout=60, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_the_command_line_imports_nothing_heavy() -> None:
    code = "import sys, jixiao.cli; print(*{'numpy', 'pandas', 'lxml', 'regex', 'rich', 'parsers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "\n"


@pytest.mark.parametrize("command", ["extract", "facts", "doctor"])
def test_help_begins_with_examples(cli: Cli, command: str) -> None:
    outcome = cli(command, "--help")
    usage, _, rest = outcome.out.partition("\n\n")
    assert outcome.code == 0
    assert usage.startswith("Usage: jixiao ")
    assert rest.lstrip().startswith(f"jixiao {command}")
    assert "Exit codes: 0 " in rest


def test_doctor_says_what_this_machine_can_read(cli: Cli) -> None:
    outcome = cli("doctor")
    assert outcome.code == 0
    assert "docx" in outcome.out.splitlines()[0]
    for part in ("python", "python-docx", "pypdfium2", "OCR weights", "openvino", "LibreOffice", "Chinese fonts"):
        assert part in outcome.out
    for line in outcome.out.splitlines()[1:]:
        assert re.match(r"(ok|optional|missing| {7}) ", line), line


def test_doctor_names_the_remedy_for_a_missing_program(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    outcome = cli("doctor")
    assert outcome.code == 0, "only old Word files need LibreOffice"
    assert "optional  LibreOffice: not installed" in outcome.out
    assert "apt-get install libreoffice-writer" in outcome.out


def test_doctor_fails_where_a_needed_part_is_missing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import PackageNotFoundError

    import jixiao.doctor

    def version(name: str) -> str:
        if name == "rapidocr":
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(jixiao.doctor, "version", version)
    outcome = cli("doctor")
    assert outcome.code == 1
    assert "pip install rapidocr" in outcome.out


# Exit codes


def test_0_all_read(cli: Cli, report: Path, tmp_path: Path) -> None:
    outcome = cli("extract", report.parent, "-o", tmp_path / "out")
    assert outcome.code == 0
    assert outcome.out == "", "data is in the tables; messages go to standard error"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.csv" for name in (*CONTRACT, "panel")}
    assert [row["status"] for row in table(tmp_path / "out" / "files.csv")] == ["ok"]
    values = {(row["kind"], row["value"], row["unit"]) for row in table(tmp_path / "out" / "facts.csv")}
    assert {("amount", "356000", "元"), ("count", "1200", "人"), ("rate", "98.5", "%")} <= values


def test_1_nothing_read(cli: Cli, tmp_path: Path) -> None:
    empty = tmp_path / "empty.docx"
    empty.touch()
    outcome = cli("extract", empty, "-o", tmp_path / "out")
    assert outcome.code == 1
    assert table(tmp_path / "out" / "files.csv")[0]["error_code"] == "empty"
    assert cli("facts", empty).code == 1
    folder = tmp_path / "nothing"
    folder.mkdir()
    outcome = cli("extract", folder, "-o", tmp_path / "out", "-q")
    assert outcome.code == 1
    assert f"{folder}: holds no file that can be read" in outcome.err.replace("\n", "")


def test_2_usage(cli: Cli, report: Path, tmp_path: Path) -> None:
    assert cli("extract").code == 2
    assert cli("extract", report).code == 2, "-o is missing"
    assert cli("extract", report, "-o", tmp_path / "o", "--header", "fr").code == 2
    assert cli("facts", report, report).code == 2
    assert cli("facts", report.parent).code == 2
    assert cli("extrakt").code == 2
    outcome = cli("extract", report, "-o", report)
    assert outcome.code == 2
    assert "cannot be a folder" in outcome.err


def test_2_before_anything_is_read(cli: Cli, report: Path, tmp_path: Path) -> None:
    """A mistyped path stops the run at its beginning, says what may have been meant, and leaves no output."""
    outcome = cli("extract", report, report.with_name("raport.txt"), "-o", tmp_path / "out")
    assert outcome.code == 2
    assert "there is no" in outcome.err
    assert f"Did you mean {report}?" in outcome.err.replace("\n", " ")
    assert not (tmp_path / "out").exists()
    outcome = cli("facts", tmp_path / "nowhere" / "report.txt")
    assert "There is no folder" in outcome.err


def test_2_names_the_nearest_command_and_option(cli: Cli) -> None:
    assert "extract" in cli("extrac", "x").err
    assert "--header" in cli("facts", "--heade", "zh", "x").err


def locked_pdf() -> bytes:
    """Return a PDF whose password nobody knows: its check values are those of no password at all."""
    body = b"%PDF-1.4\n"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"1f" * 32 + b">/U<" + b"2e" * 32 + b">>>",
    )
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + table + trailer


def test_4_some_failed(cli: Cli, report: Path, tmp_path: Path) -> None:
    """Each bad input is one line with its code and what to do; the good one is read."""
    import docx

    whole = report.with_name("cut.docx")
    docx.Document().save(str(whole))
    whole.write_bytes(whole.read_bytes()[:-2000])
    (report.parent / "empty.docx").touch()
    (report.parent / "locked.pdf").write_bytes(locked_pdf())
    (report.parent / "unknown.bin").write_bytes(bytes(range(256)) * 8)
    outcome = cli("extract", report.parent, "-o", tmp_path / "out")
    assert outcome.code == 4
    found = {Path(row["file"]).name: row for row in table(tmp_path / "out" / "files.csv")}
    assert {name: (row["status"], row["error_code"]) for name, row in found.items()} == {
        "cut.docx": ("failed", "damaged"),
        "empty.docx": ("failed", "empty"),
        "locked.pdf": ("failed", "encrypted"),
        "report.txt": ("ok", ""),
        "unknown.bin": ("failed", "unsupported"),
    }
    for name in found.keys() - {"report.txt"}:
        assert re.search(r"\S — \w", found[name]["error"]), "says what is wrong and what to do"
        assert f"{name}: {found[name]['error_code']}: " in outcome.err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def _heeding_interrupts() -> None:
    """What a shell starts in its background ignores them, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_130_interrupted(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a run: one line, no table, no traceback."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3000):
        (folder / f"{number}.txt").write_text(f"{REPORT}\n第{number}份。" * 3, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "jixiao", "extract", str(folder), "-o", str(tmp_path / "out"), "-v"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=_heeding_interrupts,
    )
    assert process.stderr is not None
    assert process.stderr.readline(), "the first file was read"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted; no table was written" in err
    assert "Traceback" not in err
    assert list((tmp_path / "out").iterdir()) == []


# Streams


def test_facts_are_csv_on_standard_output(cli: Cli, report: Path) -> None:
    from jixiao import extract

    outcome = cli("facts", report)
    assert outcome.code == 0
    assert outcome.err == ""
    assert list(csv.DictReader(outcome.out.splitlines())) == list(rows("facts", extract(report).files))


def test_facts_are_utf_8_whatever_the_locale(report: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jixiao", "facts", report, "--header", "zh"],
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"},
    )
    assert done.stdout.decode("utf-8").startswith("事实编号,")


def test_a_reader_that_has_enough_is_no_error(report: Path) -> None:
    command = f"'{sys.executable}' -m jixiao facts '{report}' | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_summary_says_what_was_found(cli: Cli, report: Path, tmp_path: Path) -> None:
    err = cli("extract", report, "-o", tmp_path / "out").err
    assert re.search(r"files +1: 1 ok", err)
    assert re.search(r"reports +1", err)
    assert re.search(r"facts +\d+: .*\d+ amount", err)
    assert re.search(r"numerals +\d+, accounted for: \d+\.\d %, unread: \d+", err)
    assert re.search(r"seconds +\d", err)
    assert str(tmp_path / "out") in err and "facts.csv" in err


def test_quiet_says_nothing_but_errors(cli: Cli, report: Path, tmp_path: Path) -> None:
    assert cli("extract", report, "-o", tmp_path / "out", "-q").err == ""
    (report.parent / "empty.pdf").touch()
    err = cli("extract", report.parent, "-o", tmp_path / "out", "-q").err
    assert err.count("\n") == 1
    assert "empty.pdf: empty: " in err


def test_verbose_has_a_line_for_every_file(cli: Cli, report: Path, tmp_path: Path) -> None:
    (report.parent / "~$lock.docx").touch()
    err = cli("extract", report.parent, "-o", tmp_path / "out", "-v").err
    assert re.search(r"report\.txt: ok, reports: 1, facts: \d+", err)
    assert "~$lock.docx: skipped: " in err


def test_a_look_at_the_tables(cli: Cli, report: Path, tmp_path: Path) -> None:
    """The last step of ``make demo`` shows what was read, wide characters and all."""
    from rich.console import Console

    from jixiao.preview import show

    (report.parent / "empty.docx").touch()
    cli("extract", report.parent, "-o", tmp_path / "out")
    console = Console(width=200, record=True, markup=False, file=io.StringIO())
    show(tmp_path / "out", console)
    text = console.export_text()
    assert re.search(r"report\.txt: reports: 1, facts: \d+\n", text)
    assert "failed: the file is empty" in text
    assert re.search(r"356000 元 .*35\.6万元", text)


def test_no_colour_where_it_is_not_wanted(report: Path, tmp_path: Path) -> None:
    """Neither into a pipe, nor on a terminal with NO_COLOR."""
    assert not ANSI.search(run("extract", report, "-o", tmp_path / "out", "-v").stderr)
    forced = run("extract", report, "-o", tmp_path / "out", "-v", NO_COLOR="1", FORCE_COLOR="1")
    assert not re.search(r"\x1b\[\d*(;\d+)*m", forced.stderr)


def test_no_traceback_reaches_a_user(cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import jixiao.run

    def defect(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no files")

    monkeypatch.setattr(jixiao.run, "run", defect)
    outcome = cli("facts", report)
    assert outcome.code == 1
    assert "ZeroDivisionError: no files" in outcome.err
    assert "Traceback" not in outcome.err
    monkeypatch.setenv("JIXIAO_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["jixiao", "facts", str(report)])
    from jixiao.cli import main

    with pytest.raises(ZeroDivisionError):
        main()
