"""Hold facts against annotated ones: align by reading order, then compare what each says."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from parsers.model import Fact
from tests.small_documents import named


@dataclass(frozen=True)
class Truth:
    """An annotated fact: a line of ``samples/truth/*.facts.jsonl``."""

    quote: str
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    role: str
    bound: str
    per: str
    period: str
    must: tuple[str, ...]
    """What a right name has to contain in metric, subject and section together."""
    optional: bool
    """Two careful readers might differ whether it is a fact: it counts neither for nor against."""


@dataclass(frozen=True)
class Agreement:
    """How well facts agree with the truth: F1 of finding, and shares of the found for each column."""

    f1: float
    unit: float
    role: float
    bound: float
    per: float
    metric: float
    period: float
    """Share of the facts with an annotated period that have it, in ``period`` or, empty, in ``year``."""
    no_period: float
    """Share of the facts without one that have none, or the report's year."""


def _number(entry: dict[str, str | None], key: str) -> Decimal | None:
    text = entry.get(key)
    return None if text is None else Decimal(text)


def read_truth(path: Path) -> tuple[Truth, ...]:
    """Return the annotated facts of a file, in reading order."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        found.append(
            Truth(
                quote=entry["quote"],
                kind=entry["kind"],
                value=_number(entry, "value"),
                low=_number(entry, "low"),
                high=_number(entry, "high"),
                unit=entry["unit"],
                role=entry["role"],
                bound=entry.get("bound") or "eq",
                per=entry.get("per") or "",
                period=entry.get("period") or "",
                must=tuple(entry.get("must") or ()),
                optional=bool(entry.get("optional")),
            )
        )
    return tuple(found)


def plain(text: str) -> str:
    """Return ``text`` in one width and without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _same_figure(truth: Truth, fact: Fact) -> bool:
    return truth.kind == fact.kind and (truth.value, truth.low, truth.high) == (fact.value, fact.low, fact.high)


def compare(truth: Truth, fact: Fact) -> dict[str, bool]:
    """Return, for each column that the truth speaks of, whether the fact says the same."""
    name = plain(named(fact))
    said = {
        "unit": plain(truth.unit) == plain(fact.unit),
        "role": truth.role == fact.role,
        "bound": truth.bound == fact.bound,
    }
    if truth.per:
        said["per"] = plain(truth.per) == plain(fact.per)
    if truth.must:
        said["metric"] = all(plain(word) in name for word in truth.must)
    if truth.period:
        said["period"] = truth.period == (fact.period or fact.year)
    else:
        said["no_period"] = fact.period in ("", fact.year)
    return said


def align(truths: Sequence[Truth], facts: Sequence[Fact]) -> list[tuple[Truth, Fact]]:
    """Return the pairs of equal kind and value of a longest common subsequence; of several, one that agrees most."""
    best = [[0] * (len(facts) + 1) for _ in range(len(truths) + 1)]
    gain: dict[tuple[int, int], int] = {}
    for i in range(len(truths) - 1, -1, -1):
        for j in range(len(facts) - 1, -1, -1):
            most = max(best[i + 1][j], best[i][j + 1])
            if _same_figure(truths[i], facts[j]):
                gain[i, j] = 1000 + sum(compare(truths[i], facts[j]).values())
                most = max(most, gain[i, j] + best[i + 1][j + 1])
            best[i][j] = most
    pairs = []
    i = j = 0
    while i < len(truths) and j < len(facts):
        if (i, j) in gain and best[i][j] == gain[i, j] + best[i + 1][j + 1]:
            pairs.append((truths[i], facts[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def agreement(truths: Sequence[Truth], facts: Sequence[Fact]) -> Agreement:
    """Return how well ``facts`` agree with ``truths``; a share of nothing is 1."""
    pairs = align(truths, facts)
    hits = sum(not truth.optional for truth, _ in pairs)
    wanted = sum(not truth.optional for truth in truths)
    given = len(facts) - (len(pairs) - hits)
    shares: dict[str, list[bool]] = {}
    for truth, fact in pairs:
        if not truth.optional:
            for column, right in compare(truth, fact).items():
                shares.setdefault(column, []).append(right)

    def share(column: str) -> float:
        rights = shares.get(column, [])
        return sum(rights) / len(rights) if rights else 1.0

    return Agreement(
        f1=2 * hits / (wanted + given) if wanted + given else 1.0,
        unit=share("unit"),
        role=share("role"),
        bound=share("bound"),
        per=share("per"),
        metric=share("metric"),
        period=share("period"),
        no_period=share("no_period"),
    )
