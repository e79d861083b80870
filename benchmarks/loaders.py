"""How fast the PDF and scan loaders are, beside the bare parts they are made of.

    python benchmarks/loaders.py [FOLDER]

Without a folder the project's samples are read; a FOLDER holds reports as NAME/report.pdf, NAME/scan.pdf and
NAME/report.txt.

- Text: this loader against pdfplumber's own ``extract_text`` over the same pages. Bar: 10 times as fast without tables.
- Scans: this loader against a plain loop of RapidOCR's default call over the same rendered pages. Bar: twice as fast,
  and no figure lost.
- Memory: the most that a process held which read the scans. Bar: 1.5 GB.

Times are the best of several runs; on a machine that does other work as well, compare the CPU seconds.
"""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract import LoadOptions, load

ROOT = Path(__file__).parent.parent
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Report:
    """A report as text, as a PDF with a text layer, and as a scan, as far as there is each."""

    name: str
    truth: Path
    pdf: Path | None
    scan: Path | None


@dataclass(frozen=True)
class Run:
    """What a run took: seconds by the clock and by the processor, and what it gave."""

    wall: float
    cpu: float
    text: str


def reports(folder: Path | None) -> Iterator[Report]:
    if folder is not None:
        for truth in sorted(folder.glob("*/report.txt")):
            pdf, scan = truth.with_name("report.pdf"), truth.with_name("scan.pdf")
            yield Report(truth.parent.name, truth, pdf if pdf.exists() else None, scan if scan.exists() else None)
        return
    samples = ROOT / "samples"
    for path in sorted(samples.glob("*.pdf")):
        truth = samples / "truth" / f"{path.stem}.txt"
        is_scan = path.stem.endswith("scan")
        yield Report(path.stem, truth, None if is_scan else path, path if is_scan else None)


def timed(work: Callable[[], str], times: int) -> Run:
    runs = []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        text = work()
        runs.append(Run(time.perf_counter() - wall, time.process_time() - cpu, text))
    return min(runs, key=lambda run: run.wall)


def figures_right(truth: str, text: str) -> tuple[int, int]:
    """Return how many of the truth's figures ``text`` has in their order, and how many there are."""
    wanted, found = FIGURE.findall(truth), FIGURE.findall(text)
    blocks = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks), len(wanted)


def ours(path: Path) -> str:
    return load(path, LoadOptions()).text


def by_pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def by_rapidocr() -> Callable[[Path], str]:
    """Return a plain loop over RapidOCR as it is installed, made ahead so that its start does not count."""
    import pypdfium2
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})

    def read(path: Path) -> str:
        parts: list[str] = []
        for page in pypdfium2.PdfDocument(path):
            result = engine(page.render(scale=200 / 72).to_numpy())
            parts += result.txts or ()
        return "\n".join(parts)

    return read


def compare_text(found: list[Report]) -> None:
    print(f"{'text layer':28} {'pages':>5} {'ms a page':>9} {'pdfplumber':>10} {'times':>6}  figures")
    for report in found:
        if report.pdf is None:
            continue
        path = report.pdf
        document = load(path, LoadOptions())
        pages = document.pages or 1
        mine, theirs = timed(lambda path=path: ours(path), 7), timed(lambda path=path: by_pdfplumber(path), 3)
        right, wanted = figures_right(report.truth.read_text(encoding="utf-8-sig"), mine.text)
        tables = "" if all(block.kind != "table" for block in document.blocks) else "  (with tables)"
        print(
            f"{report.name:28} {pages:5} {mine.wall / pages * 1e3:9.2f} {theirs.wall / pages * 1e3:10.2f}"
            f" {theirs.wall / mine.wall:6.1f}  {right}/{wanted}{tables}"
        )


def compare_scans(found: list[Report]) -> None:
    plain = by_rapidocr()
    print(f"\n{'scan':28} {'pages':>5} {'s a page':>8} {'cpu':>5} {'plain':>6} {'cpu':>5} {'times':>5}  figures, plain")
    for report in found:
        if report.scan is None:
            continue
        path = report.scan
        pages = load(path, LoadOptions()).pages or 1
        mine, theirs = timed(lambda path=path: ours(path), 2), timed(lambda path=path: plain(path), 1)
        truth = report.truth.read_text(encoding="utf-8-sig")
        right, wanted = figures_right(truth, mine.text)
        plainly, _ = figures_right(truth, theirs.text)
        print(
            f"{report.name:28} {pages:5} {mine.wall / pages:8.2f} {mine.cpu / pages:5.2f} {theirs.wall / pages:6.2f}"
            f" {theirs.cpu / pages:5.2f} {theirs.wall / mine.wall:5.1f}  {right}/{wanted}, {plainly}/{wanted}"
        )


def measure_memory(found: list[Report]) -> None:
    scans = [str(report.scan) for report in found if report.scan]
    program = (
        "import sys; from pathlib import Path; from extract import load\n"
        "for path in sys.argv[1:]: load(Path(path))\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(status.split('VmHWM:')[1].split()[0]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program, *scans], capture_output=True, text=True, check=True, cwd=ROOT)
    print(f"\nmemory: {done.stdout.strip()} MB for {len(scans)} scan(s)")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    found = list(reports(folder))
    compare_text(found)
    compare_scans(found)
    measure_memory(found)


if __name__ == "__main__":
    main()
