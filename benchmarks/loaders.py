"""How fast the PDF and scan loaders are, beside the bare parts they are made of, with the bars they have to reach.

    python benchmarks/loaders.py [FOLDER] [--pages N]

Without a folder the project's samples are read; a FOLDER holds reports as NAME/report.pdf, NAME/scan.pdf and
NAME/report.txt. With --pages only the first N pages of each scan are read.

- Text: this loader against pdfplumber's own ``extract_text`` over the same pages. Bar: 10 times as fast without tables.
- Scans: this loader, on onnxruntime as it is installed and on OpenVINO where that is, against a plain loop of
  RapidOCR's default call over the same rendered pages. Bar: twice as fast, and no figure lost.
- Memory: the most that a process held which read the scans. Bar: 1.5 GB.

What is compared runs in turns, and the best of several runs counts. The first ratio is by the processor's seconds,
which other work on the machine disturbs less; the second is by the clock.
"""

from __future__ import annotations

import argparse
import difflib
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from extract import LoadOptions, load, ocr, ocr_page

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


def timed(work: Callable[[], str]) -> Run:
    wall, cpu = time.perf_counter(), time.process_time()
    text = work()
    return Run(time.perf_counter() - wall, time.process_time() - cpu, text)


def in_turns(works: list[Callable[[], str]], times: int) -> list[Run]:
    """Run each work ``times`` times, taking turns; return the least seconds of each."""
    rounds = [[timed(work) for work in works] for _ in range(times)]
    return [
        Run(min(r.wall for r in runs), min(r.cpu for r in runs), runs[0].text) for runs in zip(*rounds, strict=True)
    ]


def ratios(mine: Run, theirs: Run) -> str:
    return f"{theirs.cpu / mine.cpu:6.1f} {theirs.wall / mine.wall:6.1f}"


def figures_right(truth: str, text: str) -> tuple[int, int]:
    """Return how many of the truth's figures ``text`` has in their order, and how many there are."""
    wanted, found = FIGURE.findall(truth), FIGURE.findall(text)
    blocks = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks), len(wanted)


def ours(path: Path, options: LoadOptions | None = None) -> str:
    return load(path, options or LoadOptions()).text


def ours_by(kind: str) -> Callable[[Path, LoadOptions], str]:
    """Return this loader with RapidOCR's models run by ``kind``, whichever is installed; made ahead."""
    found = ocr.uses_openvino
    ocr.uses_openvino = lambda: kind == "openvino"
    made = ocr.RapidEngine(LoadOptions().threads)
    ocr.uses_openvino = found

    def read(path: Path, options: LoadOptions) -> str:
        ocr_page.engine = lambda *_: made
        return ours(path, options)

    return read


def kinds() -> list[str]:
    return ["onnxruntime", "openvino"] if ocr.uses_openvino() else ["onnxruntime"]


def by_pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def by_rapidocr() -> Callable[[Path, LoadOptions], str]:
    """Return a plain loop over RapidOCR as it is installed, made ahead so that its start does not count."""
    import pypdfium2
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})

    def read(path: Path, options: LoadOptions) -> str:
        parts: list[str] = []
        for page in islice(pypdfium2.PdfDocument(path), options.max_pages):
            result = engine(page.render(scale=200 / 72).to_numpy())
            parts += result.txts or ()
        return "\n".join(parts)

    return read


def compare_text(found: list[Report]) -> None:
    print(f"{'text layer':28} {'pages':>5} {'ms a page':>9} {'pdfplumber':>10} {'cpu ×':>6} {'wall ×':>6}  figures")
    lowest = float("inf")
    for report in found:
        if report.pdf is None:
            continue
        path = report.pdf
        document = load(path, LoadOptions())
        pages = document.pages or 1
        mine, theirs = in_turns([lambda path=path: ours(path), lambda path=path: by_pdfplumber(path)], 9)
        right, wanted = figures_right(report.truth.read_text(encoding="utf-8-sig"), mine.text)
        has_tables = any(block.kind == "table" for block in document.blocks)
        lowest = lowest if has_tables else min(lowest, theirs.cpu / mine.cpu)
        print(
            f"{report.name:28} {pages:5} {mine.cpu / pages * 1e3:9.2f} {theirs.cpu / pages * 1e3:10.2f}"
            f" {ratios(mine, theirs)}  {right}/{wanted}{'  (with tables)' if has_tables else ''}",
            flush=True,
        )
    if lowest < float("inf"):
        print(f"lowest without tables, by the processor: {lowest:.1f} (bar: 10)")


def compare_scans(found: list[Report], limit: int) -> None:
    options = LoadOptions(max_pages=limit)
    plain, engines = by_rapidocr(), {kind: ours_by(kind) for kind in kinds()}
    print(f"\n{'scan':28} {'pages':>5} {'by':11} {'cpu':>5} {'plain':>5} {'cpu ×':>6} {'wall ×':>6}  figures, plain")
    totals: dict[str, list[tuple[Run, Run, int, int]]] = {kind: [] for kind in engines}
    for report in found:
        if report.scan is None:
            continue
        path = report.scan
        pages = min(limit, load(path, LoadOptions(ocr="off")).pages or 1)
        works = [lambda path=path, read=read: read(path, options) for read in (plain, *engines.values())]
        theirs, *mine = in_turns(works, 1)
        truth = report.truth.read_text(encoding="utf-8-sig")
        plainly, wanted = figures_right(truth, theirs.text)
        for kind, run in zip(engines, mine, strict=True):
            right, _ = figures_right(truth, run.text)
            totals[kind].append((run, theirs, right, plainly))
            print(
                f"{report.name:28} {pages:5} {kind:11} {run.cpu / pages:5.2f} {theirs.cpu / pages:5.2f}"
                f" {ratios(run, theirs)}  {right}, {plainly} of {wanted}",
                flush=True,
            )
    for kind, runs in totals.items():
        if runs:
            cpu = sum(theirs.cpu for _, theirs, _, _ in runs) / sum(mine.cpu for mine, _, _, _ in runs)
            wall = sum(theirs.wall for _, theirs, _, _ in runs) / sum(mine.wall for mine, _, _, _ in runs)
            right, plainly = (sum(run[at] for run in runs) for at in (2, 3))
            bar = f"{cpu:.2f} by the processor, {wall:.2f} by the clock (bar: 2)"
            print(f"all, by {kind}: {bar}; figures {right}, {plainly}")


def measure_memory(found: list[Report], limit: int) -> None:
    scans = [str(report.scan) for report in found if report.scan]
    program = (
        "import sys; from pathlib import Path; from extract import LoadOptions, load, ocr\n"
        "kind, limit, *paths = sys.argv[1:]\n"
        "ocr.uses_openvino = lambda: kind == 'openvino'\n"
        "for path in paths: load(Path(path), LoadOptions(max_pages=int(limit)))\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(status.split('VmHWM:')[1].split()[0]) // 1024)"
    )
    print()
    for kind in kinds() if scans else ():
        command = [sys.executable, "-c", program, kind, str(limit), *scans]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        print(f"memory, by {kind}: {done.stdout.strip()} MB for {len(scans)} scan(s) (bar: 1500)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed of the PDF and scan loaders beside their bare parts.")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=LoadOptions().max_pages, help="read no more of each scan")
    given = parser.parse_args()
    found = list(reports(given.folder))
    compare_text(found)
    compare_scans(found, given.pages)
    measure_memory(found, given.pages)


if __name__ == "__main__":
    main()
