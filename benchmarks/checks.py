"""How the checks fare on made reports: consistent ones, and the same with one figure changed.

    python benchmarks/checks.py [REPORTS] [FIRST_SEED]

Prints the share of changed figures that were caught, false alarms, and the misses; how far it is goes to standard
error. Two thousand reports take some minutes; interrupted (Ctrl-C), it prints what it has.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.report_generator import Draft, broken, consistent
from tests.test_checks_generated import contradictions, names

SHOWN = 20
STEP = 100
"""After so many reports it says how far it is."""


@dataclass
class Tally:
    """What has come out so far."""

    reports: int = 0
    changed: int = 0
    alarms: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    def take(self, seed: int) -> None:
        """Check the report of ``seed`` as it is, and with one figure changed."""
        random = Random(seed)
        draft = consistent(random)
        self.reports += 1
        self.alarms += [f"{seed}: {finding.message_zh}" for _, finding in contradictions(draft)]
        changed = broken(draft, random)
        if changed is None:
            return
        self.changed += 1
        told = judged(*changed)
        self.misses += [] if told else [f"{seed}: {changed[0].printed(changed[1])}"]
        self.strays += [f"{seed}: {message}" for message in told[1:] if message.startswith("stray")]

    def told(self) -> str:
        """Return what has come out, line by line."""
        caught = self.changed - len(self.misses)
        share = f" ({caught / self.changed:.2%})" if self.changed else ""
        return (
            f"{self.reports} consistent reports: {len(self.alarms)} false alarms\n"
            f"{self.changed} with one figure changed: {caught} caught{share}\n"
            f"findings that do not name the changed figure: {len(self.strays)}"
        )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    start = perf_counter()
    tally = Tally()
    try:
        for number, seed in enumerate(range(first, first + count), start=1):
            tally.take(seed)
            if number % STEP == 0 and number < count:
                wrong = f"{len(tally.alarms)} false alarms, {len(tally.misses)} missed"
                print(f"{number} of {count}, {perf_counter() - start:.0f} s: {wrong}", file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    print(tally.told())
    print(f"{perf_counter() - start:.0f} s")
    for line in [*tally.alarms, *tally.misses, *tally.strays][:SHOWN]:
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
