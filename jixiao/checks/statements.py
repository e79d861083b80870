"""From relations to findings: one for every statement, by the reading of it that speaks best for the report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from jixiao.checks.case import Case
from jixiao.checks.mends import Mend, mends
from jixiao.checks.recompute import Outcome, recompute
from jixiao.findings import Finding, Severity, Verdict, decimal, named, shown, where
from parsers.model import Fact
from parsers.relate.prices import significant
from parsers.relate.relations import Relation, RelationKind

NEAR = Fraction(1, 10)
"""A list that lacks no more than this may have been meant to be whole: marks are, others where a slip explains it.

A mean that is said to be about so much is not wrong as long as it is off by no more.
"""
SLIGHT = Fraction(1, 200)
"""A gap below this share of the stated figure weighs less."""
TELLING = 4
"""What a list lacks of a total of so many digits is one slip away by accident once in a hundred cases."""
LEAST_DIGITS = 3
"""Parts that are too much are wrong as they stand, if the list was read as it is meant: fewer digits will do."""

MOST_OVER = 10
TEN_THOUSAND = 10000

EXACT = 6
"""A total of so many digits is not met by chance."""

Reading = tuple[Relation, Outcome]


def statements(case: Case, kind: RelationKind, check_id: str, severity: Severity) -> Iterator[Finding]:
    """Yield a finding for every statement of ``kind``: consistent where one of its readings holds.

    Inconsistent only where the wording decides and no reading holds; uncheckable where a list may name some parts only.
    Parts that add up to another total, and a total that its rule makes up of other parts, are not told a second time;
    nor is a rule's total that lacks parts of a list that adds up to it.
    """
    groups: dict[int, list[Relation]] = {}
    for relation in case.relations:
        if relation.kind == kind:
            groups.setdefault(relation.anchor, []).append(relation)
    told = [finding for relations in groups.values() if (finding := _finding(case, relations, check_id, severity))]
    yield from _left(told, {check_id, f"{check_id}.table"}) if kind == "sum" else told


def _left(told: Sequence[Finding], by_place: Collection[str]) -> Iterator[Finding]:
    """Leave out what another sum has settled; ``by_place`` are the checks whose parts stand where the total does."""
    held = [finding for finding in told if finding.verdict is Verdict.CONSISTENT]
    parts = {frozenset(finding.facts[1:]) for finding in held}
    totals = {(finding.check_id, finding.facts[0]) for finding in held if finding.check_id not in by_place}
    lists = [finding.facts for finding in held if finding.check_id in by_place]
    for finding in told:
        settled = frozenset(finding.facts[1:]) in parts or (finding.check_id, finding.facts[0]) in totals
        if finding.check_id not in by_place:
            settled = settled or any(
                finding.facts[0] == facts[0] and set(finding.facts) < set(facts) for facts in lists
            )
        if finding.verdict is Verdict.CONSISTENT or not settled:
            yield finding


def _finding(case: Case, relations: Sequence[Relation], check_id: str, severity: Severity) -> Finding | None:
    facts = case.report.facts
    computed = [(relation, outcome) for relation in relations if (outcome := recompute(relation, facts)) is not None]
    readings = [reading for reading in computed if reading[0].weight != "excuses"]
    held = [reading for reading in readings if _holds(reading, facts)]
    if held:
        best = min(held, key=lambda reading: reading[0].weight == "confirms")
        return _told(case, best, check_id, Verdict.CONSISTENT, Severity.NONE)
    if any(relation.weight == "excuses" and outcome.holds for relation, outcome in computed):
        return None
    accused = [reading for reading in readings if _accuses(reading, facts)]
    loose = [reading for reading in readings if reading[1].loosely and reading[0].weight != "confirms"]
    if loose and not any(mends(relation, facts, outcome) for relation, outcome in accused):
        return _told(case, loose[0], check_id, Verdict.UNCHECKABLE, Severity.LOW)
    if accused:
        closest = min(accused, key=_relative)
        return _told(case, closest, check_id, Verdict.INCONSISTENT, _weighed(closest, facts, severity))
    partial = [reading for reading in readings if reading[0].weight == "bounds"]
    if partial:
        return _told(case, min(partial, key=_relative), check_id, Verdict.UNCHECKABLE, Severity.LOW)
    return None


def _holds(reading: Reading, facts: Sequence[Fact]) -> bool:
    """Tell whether a reading holds; one that can only confirm must meet the stated figure as printed."""
    relation, outcome = reading
    if relation.weight != "confirms" or not outcome.holds:
        return outcome.holds
    exact = relation.kind == "sum" and significant(facts[relation.stated]) >= EXACT
    return exact or relation.kind == "ratio" or abs(outcome.difference) <= outcome.stated.half


def _accuses(reading: Reading, facts: Sequence[Fact]) -> bool:
    relation, outcome = reading
    if relation.kind == "part" and not _of_one_size(facts[relation.stated], facts[relation.terms[0]]):
        return False
    if relation.kind == "average" and facts[relation.stated].bound == "approx" and _relative(reading) <= NEAR:
        return False
    if relation.weight != "bounds" or relation.kind == "rate":
        return relation.weight == "decides"
    near = _relative(reading) <= NEAR
    if near and (relation.rule == "table" or facts[relation.stated].kind == "score"):
        return True
    digits = significant(facts[relation.stated])
    telling = near or digits >= (TELLING if outcome.difference > 0 else LEAST_DIGITS)
    if relation.whole and near and _one_digit(outcome.difference):
        return True
    return telling and bool(mends(relation, facts, outcome))


def _one_digit(difference: Fraction) -> bool:
    """Tell whether one changed digit would make up a difference, whichever figure it is in: 10万元, 0.3万元."""
    digits = f"{decimal(abs(difference)):f}".replace(".", "").strip("0")
    return len(digits) == 1


def _of_one_size(part: Fact, whole: Fact) -> bool:
    """Tell whether a part is larger than its whole by less than ten times, or 元 was written for 万元.

    What is larger still is of another measure: 抽检5万批次 of 每千人6.6批次.
    """
    over = abs(Fraction(part.value or 0) / Fraction(whole.value)) if whole.value else Fraction(0)
    return over < MOST_OVER or (part.kind == "amount" and over / TEN_THOUSAND <= 1)


def _relative(reading: Reading) -> Fraction:
    outcome = reading[1]
    value = ((outcome.stated.low or Fraction(0)) + (outcome.stated.high or Fraction(0))) / 2
    return abs(outcome.difference) / abs(value) if value else abs(outcome.difference)


def _weighed(reading: Reading, facts: Sequence[Fact], severity: Severity) -> Severity:
    relation, outcome = reading
    slight = _relative(reading) < SLIGHT and not outcome.turned
    if facts[relation.stated].kind == "rate" and abs(outcome.difference) <= 2 * outcome.stated.half:
        return Severity.LOW  # off by one in the last place
    scanned = any(facts[index].ocr_score is not None for index in (relation.stated, *relation.terms))
    return severity.milder if slight or scanned else severity


def _told(case: Case, reading: Reading, check_id: str, verdict: Verdict, severity: Severity) -> Finding:
    relation, outcome = reading
    facts = case.report.facts
    stated = facts[relation.stated]
    changes = mends(relation, facts, outcome) if verdict is Verdict.INCONSISTENT else ()
    return Finding(
        check_id=f"{check_id}.{relation.rule}" if relation.rule else check_id,
        verdict=verdict,
        severity=severity,
        stated=named(stated),
        computed=outcome.expression,
        difference=decimal(outcome.difference),
        tolerance=decimal(outcome.tolerance),
        message=_message(case, reading, verdict, changes, "en"),
        message_zh=_message(case, reading, verdict, changes, "zh"),
        facts=tuple(dict.fromkeys((relation.stated, *relation.terms))),
    )


_SAYS: dict[RelationKind, tuple[str, str]] = {
    "sum": ("the parts give", "各分项合计"),
    "part": ("a part is not larger than its whole", "分项不应大于总项"),
    "difference": ("the other figures leave", "其余数据相减得"),
    "balance": ("what came in and went out leaves", "年初数加收入减支出为"),
    "rate": ("its figures give", "按所列数据计算为"),
    "growth": ("the two figures give", "按前后两数计算为"),
    "change": ("the two figures differ by", "前后两数相差"),
    "step": ("the change gives", "按变动额计算为"),
    "advance": ("the change gives", "按变动额计算为"),
    "product": ("number × standard gives", "数量×标准为"),
    "average": ("amount ÷ number gives", "金额÷数量为"),
    "ratio": ("the two figures give", "两数之比为"),
    "mark": ("in proportion the marks are", "按比例计分为"),
    "reach": ("the result against the target", "实际与目标相比"),
    "size": ("the two figures", "两数相比"),
}


def _message(case: Case, reading: Reading, verdict: Verdict, changes: Sequence[Mend], language: str) -> str:
    relation, outcome = reading
    stated = case.report.facts[relation.stated]
    zh = language == "zh"
    place = where(case.report, stated, language)
    says = _SAYS[relation.kind][zh]
    gap = shown(abs(outcome.difference), stated)
    slack = shown(outcome.tolerance, stated)
    head = f"{place}：" if zh and place else f"{place}: " if place else ""
    if zh:
        text = f"{head}所述{named(stated)}；{says} {outcome.expression}"
        end = {
            Verdict.CONSISTENT: f"，相符（容差±{slack}）。",
            Verdict.INCONSISTENT: f"，相差{gap}，超出容差±{slack}。",
            Verdict.UNCHECKABLE: f"，相差{gap}；"
            + _open(outcome, zh=True, rate=relation.kind == "rate")
            + "，无法判断。",
        }[verdict]
    else:
        text = f"{head}{named(stated)} is stated; {says} {outcome.expression}"
        end = {
            Verdict.CONSISTENT: f": they agree (tolerance ±{slack}).",
            Verdict.INCONSISTENT: f": {gap} apart, more than the tolerance of ±{slack}.",
            Verdict.UNCHECKABLE: f": {gap} apart; " + _open(outcome, zh=False, rate=relation.kind == "rate"),
        }[verdict]
    return text + end + _hint(case, reading, changes, zh=zh)


def _open(outcome: Outcome, *, zh: bool, rate: bool) -> str:
    """Return why a statement that does not hold is told as open."""
    if outcome.loosely:
        return "取整数据若为约数则相符" if zh else "they agree if the round figures are rounded."
    if rate:
        return "计入该比率的数据不止一种可能" if zh else "it may be made up of other figures."
    return "所列可能不是全部分项" if zh else "not all parts may be named."


def _hint(case: Case, reading: Reading, changes: Sequence[Mend], *, zh: bool) -> str:
    """Return what would reconcile the statement, where one change does; on recognised text, that it may be misread."""
    outcome = reading[1]
    words = []
    if outcome.turned:
        words.append("数额相符而增减方向相反。" if zh else "The size agrees, the direction does not.")
    if changes:
        options = ("，或" if zh else ", or ").join(f"{change.was} → {change.becomes}" for change in changes)
        facts = case.report.facts
        scanned = any(facts[change.fact].ocr_score is not None for change in changes)
        if scanned and changes[0].how == "digit":
            words.append(
                f"本件由图像识别，可能误识一位数字：{options}。"
                if zh
                else f"The text was recognised from an image; one misread digit would explain it: {options}."
            )
        else:
            why = {
                "unit": ("a unit", "单位之误"),
                "swap": ("two digits changed over", "数字倒置"),
                "digit": ("one digit", "一位数字之误"),
            }
            words.append(
                f"可能系{why[changes[0].how][1]}：{options}。"
                if zh
                else f"{why[changes[0].how][0].capitalize()} would explain it: {options}."
            )
    joined = "".join(words) if zh else " ".join(words)
    return joined if zh or not joined else f" {joined}"
