"""A user's packs: read from a file and held to their own sentences before anything is done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extract.document import Block, Document, Place, assemble
from jixiao.checks import limits, rates, sums
from jixiao.checks.case import Case, case_of
from jixiao.findings import Finding, Verdict, named
from parsers import parse
from parsers.packs import Pack, PackError, default_packs, indicator_of, load_pack
from patterns.rule_types import Identity, Limit, RateRule, Rules, TextRule
from patterns.rules import using

TITLE: Final = "2023年度某项目绩效自评报告"
"""What stands over a rule's sentence when it is tried."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A promise of a pack that it does not keep: of which entry, and what to do about it."""

    entry: str
    problem: str


def load(path: Path) -> Pack:
    """Read a pack and try its rules.

    Raises PackError where it is no pack or a rule does not keep its word, OSError where the file cannot be read.
    """
    pack = load_pack(path)
    for failure in rule_failures(pack.rules):
        raise PackError(f"{path.name}, {failure.entry}: {failure.problem}")
    return pack


def failures(pack: Pack) -> Iterator[Failure]:
    """Yield what a pack's rules and indicators promise by their examples and do not keep."""
    yield from rule_failures(pack.rules)
    known = (pack, *default_packs())
    kinds = {one.id: (one.kind, one.unit) for one in pack.indicators}
    for name, example, wanted in pack.examples:
        around = (example.get("subject", ""), "", example.get("section", ""), "")
        found = indicator_of(*kinds[name], example["metric"], around, known)
        if (found == name) != wanted:
            told = f"is taken for {found or 'no indicator'}"
            yield Failure(
                f"indicator {name}",
                f"the {'example' if wanted else 'counterexample'} “{example['metric']}” {told}: "
                f"{'add its name to names or endings' if wanted else 'bar it by unless or context'}",
            )


def rule_failures(rules: Rules) -> Iterator[Failure]:
    """Yield, for every rule, which of its sentences it does not find as it says."""
    for rate in rules.rates:
        yield from _tried("rate", rate, Rules(rates=(rate,)), rates.rates, Verdict.CONSISTENT)
    for identity in rules.identities:
        yield from _tried("identity", identity, Rules(identities=(identity,)), sums.parts, Verdict.CONSISTENT)
    for limit in rules.limits:
        yield from _tried("limit", limit, Rules(limits=(limit,)), limits.over, None)
    for table, texts in (("placeholder", rules.placeholders), ("field", rules.fields)):
        for text in texts:
            yield from _searched(table, text)


def _tried(
    table: str,
    rule: RateRule | Identity | Limit,
    alone: Rules,
    run: Callable[[Case], Iterable[Finding]],
    right: Verdict | None,
) -> Iterator[Failure]:
    """Yield where ``holds`` does not give the verdict ``right`` alone, or ``fails`` no contradiction."""
    for key, sentence, wanted in (("holds", rule.holds, right), ("fails", rule.fails, Verdict.INCONSISTENT)):
        if not sentence:
            continue
        with using(alone):
            case = _case(sentence)
            verdicts = {finding.verdict for finding in run(case) if finding.check_id.endswith(f".{rule.id}")}
        if verdicts != ({wanted} if wanted else set()):
            got = " and ".join(sorted(verdict.value for verdict in verdicts)) or "not looked at"
            needed = wanted.value if wanted else "left alone"
            yield Failure(
                f"{table} {rule.id}",
                f"its sentence “{sentence}” ({key}) should be {needed} and is {got}. {_read_there(case)} "
                "Let the names of the rule match these, or mend the sentence.",
            )


def _searched(table: str, rule: TextRule) -> Iterator[Failure]:
    entry = f"{table} {rule.id}"
    if rule.regex.search(rule.holds):
        yield Failure(entry, f"regex is found in “{rule.holds}” (holds): narrow it, or mend the sentence")
    if not rule.regex.search(rule.fails):
        yield Failure(entry, f"regex is not found in “{rule.fails}” (fails): widen it, or mend the sentence")


def _case(sentence: str) -> Case:
    document = _document(sentence)
    reports = parse(document)
    return case_of(document, reports[0], reports)


def _document(sentence: str) -> Document:
    blocks = [Block("paragraph", text, Place(f"paragraph {number}")) for number, text in enumerate((TITLE, sentence))]
    return assemble(blocks, file="pack", sha256="", media_type="text/plain")


def _read_there(case: Case) -> str:
    read = "; ".join(f"{named(fact)} ({fact.kind})" for fact in case.report.facts)
    return f"Figures read there: {read}." if read else "No figure was read there."
