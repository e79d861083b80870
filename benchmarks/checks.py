"""How the checks fare on made reports: consistent ones, and the same with one figure changed.

    python benchmarks/checks.py [REPORTS] [FIRST_SEED]

Prints the share of changed figures that were caught, false alarms, and the misses.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.report_generator import Draft, broken, consistent
from tests.test_checks_generated import contradictions, names

SHOWN = 20


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    start = perf_counter()
    alarms: list[str] = []
    misses: list[str] = []
    strays: list[str] = []
    cases = 0
    for seed in range(first, first + count):
        random = Random(seed)
        draft = consistent(random)
        alarms += [f"{seed}: {finding.message_zh}" for _, finding in contradictions(draft)]
        changed = broken(draft, random)
        if changed is None:
            continue
        cases += 1
        told = judged(*changed)
        misses += [] if told else [f"{seed}: {changed[0].printed(changed[1])}"]
        strays += [f"{seed}: {message}" for message in told[1:] if message.startswith("stray")]
    print(f"{count} consistent reports: {len(alarms)} false alarms")
    print(f"{cases} with one figure changed: {cases - len(misses)} caught ({1 - len(misses) / cases:.2%})")
    print(f"findings that do not name the changed figure: {len(strays)}")
    print(f"{perf_counter() - start:.0f} s")
    for line in [*alarms, *misses, *strays][:SHOWN]:
        print(" ", line)


def judged(draft: Draft, key: int) -> list[str]:
    """Return what was found of a changed figure: first that it was caught, then findings that do not name it."""
    found = contradictions(draft)
    number = draft.figures[key].number
    named = [finding for report, finding in found if names(report, finding, number)]
    strays = [f"stray {finding.message_zh}" for _, finding in found if finding not in named]
    return ["caught", *strays] if named else []


if __name__ == "__main__":
    main()
