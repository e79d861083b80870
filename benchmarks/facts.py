"""How fast facts are read, and what a change of the patterns gains and loses.

    python benchmarks/facts.py [FOLDER] [--peers PYTHON]     characters a second
    python benchmarks/facts.py [FOLDER] --profile            where the time goes
    python benchmarks/facts.py --compare OLD NEW             facts of two runs of jixiao extract

Without a FOLDER the project's samples are read; with one, its NAME/report.txt and *.txt as well. Loading is not
measured: only ``parsers.parse``, in one process, the median of five. Bar: 300,000 characters a second on one core.

PYTHON is the interpreter of another virtual environment, with jionlp or ms-recognizers-text-suite in it: they read the
same texts, and a ratio above 1 means that jixiao is faster. OLD and NEW are folders that ``jixiao extract`` wrote, or
their facts.csv.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import gc
import json
import pstats
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper, partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
TIMES = 5
BAR = 300_000
PLACE = ("file", "char_start", "char_end")
COMPARED = ("kind", "value", "low", "high", "unit", "per", "bound", "role", "metric", "subject", "scope", "period")
SHOWN = 40
"""So many gains, losses and changes of a column are printed."""


# Speed


def files(folder: Path | None) -> Iterator[Path]:
    yield from sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in {".docx", ".pdf", ".txt"})
    if folder is not None:
        yield from sorted([*folder.glob("*/report.txt"), *folder.glob("*.txt")])


def memories() -> list[_lru_cache_wrapper[object]]:
    """Return what the parsers remember of the texts they have read; patterns are compiled once for all texts."""
    found = (entry for entry in gc.get_objects() if isinstance(entry, _lru_cache_wrapper))
    return [one for one in found if one.__module__.startswith("parsers.") and one.cache_parameters()["maxsize"]]


def timed(work: Callable[[], object]) -> float:
    """Return the median of the processor's seconds: on a busy machine the clock says more of its other work.

    A text read before is forgotten before each run: users read a text once.
    """
    work()  # what is compiled once does not count
    remembered = memories()
    runs = []
    for _ in range(TIMES):
        for memory in remembered:
            memory.cache_clear()
        start = time.process_time()
        work()
        runs.append(time.process_time() - start)
    return median(runs)


def measure(folder: Path | None, peers: Path | None) -> None:
    from extract import load
    from parsers import parse

    # A scan's text comes from OCR, which is no part of this.
    documents = {path: load(path) for path in files(folder) if not path.stem.endswith("scan")}
    print(f"{'':36} {'chars':>7} {'facts':>6} {'s':>7} {'chars/s':>9}")
    total = 0.0
    for path, document in documents.items():
        seconds = timed(partial(parse, document))
        facts = sum(len(report.facts) for report in parse(document))
        total += seconds
        name = path.parent.name if path.stem == "report" else path.stem
        print(f"{name:36} {len(document.text):7} {facts:6} {seconds:7.3f} {len(document.text) / seconds:9.0f}")
    characters = sum(len(document.text) for document in documents.values())
    speed = characters / total
    print(f"{'all':36} {characters:7} {'':6} {total:7.3f} {speed:9.0f}  ({speed / BAR:.2f} of the bar)")
    if peers is not None:
        compare_peers(peers, [document.text for document in documents.values()], speed)


def profile(folder: Path | None) -> None:
    from extract import load
    from parsers import parse

    documents = [load(path) for path in files(folder) if not path.stem.endswith("scan")]
    for document in documents:
        parse(document)
    profiler = cProfile.Profile()
    profiler.enable()
    for document in documents:
        parse(document)
    profiler.disable()
    for order in ("tottime", "cumtime"):
        pstats.Stats(profiler).strip_dirs().sort_stats(order).print_stats(20)


# Peers: run by the other interpreter, so nothing of the project is imported there


def jionlp_reader() -> Callable[[str], int]:
    import jionlp  # type: ignore[import-not-found]

    return lambda line: len(jionlp.ner.extract_money(line, with_parsing=True))


def recognizers_reader() -> Callable[[str], int]:
    from ms_recognizers_number import Culture, recognize_percentage  # type: ignore[import-not-found]
    from ms_recognizers_number_with_unit import (  # type: ignore[import-not-found]
        recognize_age,
        recognize_currency,
        recognize_dimension,
    )

    readers = (recognize_percentage, recognize_currency, recognize_dimension, recognize_age)
    return lambda line: sum(len(reader(line, Culture.Chinese)) for reader in readers)


PEERS = {"jionlp": jionlp_reader, "recognizers-text": recognizers_reader}


def be_peer(name: str) -> None:
    """Read texts from standard input line by line, as the peers want them; write seconds and findings."""
    lines = [line for text in json.load(sys.stdin) for line in text.splitlines() if line.strip()]
    reader = PEERS[name]()
    found = 0

    def read() -> None:
        nonlocal found
        found = sum(reader(line) for line in lines)

    print(json.dumps({"seconds": timed(read), "found": found}))


def compare_peers(python: Path, texts: list[str], speed: float) -> None:
    characters = sum(map(len, texts))
    print(f"\n{'':36} {'chars/s':>9} {'found':>6}  ratio")
    for name in PEERS:
        command = [str(python), str(Path(__file__)), "--peer", name]
        done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name:36} not run: {done.stderr.strip().splitlines()[-1]}")
            continue
        said = json.loads(done.stdout.splitlines()[-1])
        theirs = characters / said["seconds"]
        print(f"{name:36} {theirs:9.0f} {said['found']:6}  {speed / theirs:.2f}")


# Gains and losses

Row = dict[str, str]


def facts_of(path: Path) -> dict[tuple[str, ...], Row]:
    """Return the facts of a run by their places."""
    table = path / "facts.csv" if path.is_dir() else path
    with table.open(encoding="utf-8-sig", newline="") as stream:
        return {tuple(row[column] for column in PLACE): row for row in csv.DictReader(stream)}


def line(row: Row) -> str:
    number = row["value"] or f"{row['low']}..{row['high']}"
    return f"{row['file']}:{row['char_start']} {row['quote']!r} {row['kind']} {number} {row['unit']} | {row['metric']}"


def compare(old: Path, new: Path) -> int:
    """Print what ``new`` gains, loses and says otherwise; return how many facts differ."""
    before, after = facts_of(old), facts_of(new)
    lost = [row for place, row in before.items() if place not in after]
    gained = [row for place, row in after.items() if place not in before]
    changed = {
        column: [
            (row, after[place])
            for place, row in before.items()
            if place in after and row[column] != after[place][column]
        ]
        for column in COMPARED
    }
    show("lost", [line(row) for row in lost])
    show("gained", [line(row) for row in gained])
    for column, pairs in changed.items():
        show(column, [f"{line(was)}: {was[column]!r} → {now[column]!r}" for was, now in pairs])
    differing = {tuple(was[key] for key in PLACE) for pairs in changed.values() for was, _ in pairs}
    counts = Counter(lost=len(lost), gained=len(gained), changed=len(differing))
    print(f"{len(before)} facts before, {len(after)} after: {dict(counts)}")
    return sum(counts.values())


def show(title: str, lines: list[str]) -> None:
    if lines:
        print(f"{title}: {len(lines)}")
        print("".join(f"  {text}\n" for text in lines[:SHOWN]) + ("  …\n" if len(lines) > SHOWN else ""))


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", nargs="?", type=Path)
    words.add_argument("--peers", type=Path, metavar="PYTHON")
    words.add_argument("--profile", action="store_true")
    words.add_argument("--compare", nargs=2, type=Path, metavar=("OLD", "NEW"))
    words.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.peer:
        be_peer(given.peer)
    elif given.compare:
        return int(compare(*given.compare) > 0)
    elif given.profile:
        profile(given.folder)
    else:
        measure(given.folder, given.peers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
