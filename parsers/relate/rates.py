"""Stated rates and what they are rates of, by the rules of ``patterns/checks/rates.toml``.

The nearest figures that a rule names decide; the same names farther off, or in another order, can only confirm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from parsers.model import Fact
from parsers.relate.parts import plain
from parsers.relate.relations import Relation, Weight
from parsers.relate.stretches import Figure, Stretch
from patterns import cue, matcher
from patterns.rules import RateRule, rate_rules

_STEM = cue("shares", "completion.deed")
_NEGATED = cue("shares", "completion.negated")
_CAME_TO = cue("shares", "completion.came-to")
_VISITS = ("人次", "例次")
"""Units that count one person more than once: a rate of persons may be meant."""
_UNSTEMMED = cue("shares", "completion.no-deed")
_OF_YEARS = cue("shares", "completion.long-task")
_SCOPE = cue("shares", "identity.scope")
_ADJUSTED = cue("shares", "completion.adjusted")
_OF_BUDGET = cue("accounts", "budget.plain")
_PLAIN = cue("shares", "completion.plain")
_OF_UNIT = cue("shares", "share.unit-of-another")
_AMONG = cue("figures", "figure.among")
MOST_FAR = 12
NEXT = 6
"""Two figures no farther apart may be read together, wherever they stand."""
MOST_SHARE = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Place:
    """A figure and the stretch that it stands in."""

    stretch: Stretch
    number: int
    """Which stretch of the report it is."""
    at: int
    """Its position in the stretch."""

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.stretch.figures[self.at]

    @property
    def fact(self) -> Fact:
        """The fact."""
        return self.figure.fact

    @property
    def name(self) -> str:
        """The words left of it and its metric."""
        return self.stretch.name(self.at)

    @property
    def lead(self) -> str:
        """The words that lead to it."""
        return self.stretch.lead(self.at)

    @property
    def dealt(self) -> bool:
        """Whether it is dealt out to one of several: 执行率分别为100%、90%."""
        at = self.at
        while at and len(self.stretch.before(at)) <= 1:
            at -= 1
        return "分别" in self.stretch.lead(at)

    def beside(self, back: int) -> Place | None:
        """Return the figure so many before it, where it stands in the same part of the sentence."""
        other = Place(self.stretch, self.number, self.at - back) if self.at >= back else None
        return other if other is not None and other.figure.part == self.figure.part else None


def places(stretches: Sequence[Stretch]) -> tuple[Place, ...]:
    """Return every figure of a report with its stretch, in order."""
    return tuple(
        Place(stretch, number, at) for number, stretch in enumerate(stretches) for at in range(len(stretch.figures))
    )


def rates(stretches: Sequence[Stretch], held: Mapping[int, Sequence[int]]) -> Iterator[Relation]:
    """Yield what the stated rates of a report's prose are rates of, the nearest reading of each first.

    ``held`` gives the totals that each part belongs to.
    """
    known = places(stretches)
    for place in known:
        fact = place.fact
        if fact.kind != "rate" or fact.unit != "%" or fact.role != "actual" or not plain(fact):
            continue
        matched = [rule for rule in rate_rules() if rule.rate.search(fact.metric)]
        for rule in matched:
            found = list(_by_rule(rule, place, known, held))
            yield from found
            yield from _excuses(rule, place, known, [relation for relation in found if relation.weight == "decides"])
        if not matched and not place.stretch.in_table:
            yield from _by_stem(place)


def _by_rule(
    rule: RateRule, rate: Place, known: Sequence[Place], held: Mapping[int, Sequence[int]]
) -> Iterator[Relation]:
    near = _before(rate)
    parts = [place for place in near if _is(rule.is_part, rule, place)]
    named = [place for place in near if _is(rule.is_base, rule, place)]
    bases = [place for place in named if not _yields(place, [*parts, *named], held)]
    if not parts:
        yield from _explained(rule, rate, known)
        return
    if graded := _grades(rule, parts):
        yield from _graded(rule, rate, graded, bases)
        return
    own = [place for place in parts if place.figure.part == rate.figure.part]
    pairs = [(part, base) for part in parts for base in bases if _fit(rule, part, base)]
    meant = [base for part, base in pairs if part is own[0] and _possible(part, base)] if own else []
    decided = bool(meant) and not rate.dealt and not _of_a_part(own[0], meant[0])
    decided = decided and not any(rule.rate.search(name) for name in _rates_between(own[0], rate))
    if decided:
        pairs.sort(key=lambda pair: pair[0] is not own[0] or not _possible(*pair))
    for number, (part, base) in enumerate(pairs):
        weight: Weight = "decides" if decided and number == 0 else "confirms"
        yield _relation(rule, rate, (part,), base, weight)
    for part in parts:
        for base in (place for place in named if place not in bases and _fit(rule, part, place)):
            yield _relation(rule, rate, (part,), base, "confirms")
    if own and not decided and not rate.dealt:
        far = [place for place in _far(rate, known) if _is(rule.is_base, rule, place) and _fit(rule, own[0], place)]
        yield from _far_bases(rule, rate, own[:1], far)
        yield from _above(rule, rate, own[0], [base for base in far if not _yields(base, far, held)], known)


def _rates_between(part: Place, rate: Place) -> list[str]:
    """Return the names of the rates that a figure has before this one: 办结率98%，全省为95%, 上年为96%."""
    between = (Place(rate.stretch, rate.number, at).fact for at in range(part.at + 1, rate.at))
    return [fact.metric for fact in between if fact.unit == "%" and fact.role == "actual"]


def _of_a_part(part: Place, base: Place) -> bool:
    """Tell whether 其中 stands between a base and what was spent: 预算600万元…；其中项目支出300万元，执行率95%."""
    if part.stretch is not base.stretch or base.at > part.at:
        return False
    return _AMONG.search(part.stretch.text, base.figure.end, part.figure.start) is not None


def _above(
    rule: RateRule, rate: Place, part: Place, bases: Sequence[Place], known: Sequence[Place]
) -> Iterator[Relation]:
    """Yield a rate of the one base in the paragraph right above; any other amount that gives it excuses it."""
    here = [base for base in bases if base.number == rate.number - 1 and not base.fact.cell and _possible(part, base)]
    year = rate.fact.period[:4] or rate.fact.year
    here = [base for base in here if base.fact.role == "actual" and (base.fact.period[:4] or year) >= year]
    here = [base for base in here if _of_one_budget(part, base)]
    if len({base.fact.value for base in here}) != 1 or rule.loose or "count" in rule.kinds:
        return
    if _ADJUSTED.search(rate.fact.sentence):
        return
    yield _relation(rule, rate, (part,), here[0], "decides")
    for other in known:
        same = other.fact.unit == part.fact.unit and plain(other.fact) and not other.fact.per and other.fact.value
        if same and other is not part and quotient_is(rate.fact, part.fact, other.fact):
            yield _relation(rule, rate, (part,), other, "excuses")


def _of_one_budget(part: Place, base: Place) -> bool:
    """Tell whether what was spent names nothing that its base does not: 累计支付, but not 水渠工程支付."""
    own = _OF_BUDGET.sub("", part.lead)
    return not own or own in f"{base.name} {base.fact.subject}"


def _yields(base: Place, others: Sequence[Place], held: Mapping[int, Sequence[int]]) -> bool:
    """Tell whether a base is a part (其中…) of another figure that the rule names: the total is meant, not it."""
    totals = held.get(base.figure.fact_index, ())
    return any(other.figure.fact_index in totals for other in others)


def _excuses(rule: RateRule, rate: Place, known: Sequence[Place], deciding: Sequence[Relation]) -> Iterator[Relation]:
    """Yield the other pairs of the report that the rule's names allow and that give the rate, if one would accuse it.

    They share a figure with the reading that decides, or stand together, with no rate of their own beside them.
    """
    index = {place.figure.fact_index: place for place in known}
    for relation in deciding[:1]:
        part, base = (index[term] for term in (relation.terms[0], relation.terms[-1]))
        if len(relation.terms) > 2 or quotient_is(rate.fact, part.fact, base.fact):
            return
        parts = [place for place in known if _is(rule.is_part, rule, place)]
        bases = [place for place in known if _is(rule.is_base, rule, place)]
        if base.stretch is not rate.stretch or base.figure.sentence != rate.figure.sentence:
            for other in known:  # a base from elsewhere yields to any that gives the rate
                if (
                    other not in (part, base)
                    and _fit(rule, part, other)
                    and quotient_is(rate.fact, part.fact, other.fact)
                ):
                    yield _relation(rule, rate, (part,), other, "excuses")
        rated = {place.number for place in known if place.fact.unit == "%" and rule.rate.search(place.fact.metric)}
        for one in parts:
            for other in bases:
                near = abs(one.figure.fact_index - other.figure.fact_index) <= NEXT and one.number not in rated - {
                    rate.number
                }
                near = near or one is part or other is base
                if near and _fit(rule, one, other) and quotient_is(rate.fact, one.fact, other.fact):
                    yield _relation(rule, rate, (one,), other, "excuses")


def quotient_is(rate: Fact, part: Fact, base: Fact) -> bool:
    """Tell whether a rate is that of two figures, to its last place."""
    share = 100 * (part.value or Decimal(0)) / (base.value or Decimal(1))
    return abs(share - (rate.value or Decimal(0))) <= Decimal(1).scaleb(-rate.decimals)


def _grades(rule: RateRule, parts: Sequence[Place]) -> list[Place]:
    """Return the grades of one question in their order (非常满意, 满意, 基本满意), if the nearest part is one."""
    last = parts[0].figure
    run = [part for part in parts if part.figure.part == last.part and part.fact.unit == last.fact.unit]
    run = list(takewhile(lambda part: not _parted(rule, part, parts[0]), run))[::-1]
    return run if any(rule.graded.search(part.lead) for part in run) else []


def _parted(rule: RateRule, first: Place, last: Place) -> bool:
    """Tell whether a base stands between two grades: the first is of another question."""
    between = [Place(first.stretch, first.number, at) for at in range(first.at + 1, last.at)]
    return any(_is(rule.is_base, rule, place) for place in between)


def _graded(rule: RateRule, rate: Place, grades: Sequence[Place], bases: Sequence[Place]) -> Iterator[Relation]:
    """Yield a rate as that of the first grades, of the first two and so on: it is not said which of them count."""
    for base in bases:
        for end in range(1, len(grades) + 1):
            if all(_fit(rule, grade, base) for grade in grades[:end]):
                yield _relation(rule, rate, grades[:end], base, "bounds")


def _possible(part: Place, base: Place) -> bool:
    """Tell whether a part is not so much larger than its base that another base must be meant, unless right beside."""
    beside = part.number == base.number and abs(part.at - base.at) == 1 and part.figure.part == base.figure.part
    return beside or (part.fact.value or 0) <= MOST_SHARE * (base.fact.value or 0)


def _explained(rule: RateRule, rate: Place, known: Sequence[Place]) -> Iterator[Relation]:
    """Yield the rate of a list of rates from the paragraph that explains it: 资金支付进度：发放…，补贴…."""
    for stretch in dict.fromkeys(place.stretch for place in known if place.number > rate.number):
        label, colon, _ = stretch.text.partition(":")
        label = label.lstrip("0123456789.、()一二三四五六七八九十⑴⑵⑶⑷⑸ ")
        if not colon or not 3 <= len(label) <= 12 or label not in rate.fact.metric:
            continue
        inside = [place for place in known if place.stretch is stretch]
        parts = [place for place in inside if _is(rule.is_part, rule, place)]
        if parts:
            bases = [place for place in known if _is(rule.is_base, rule, place) and _fit(rule, parts[0], place)]
            yield from _far_bases(rule, rate, parts, bases)
        return


def _far_bases(rule: RateRule, rate: Place, parts: Sequence[Place], bases: Sequence[Place]) -> Iterator[Relation]:
    """Yield readings with a base from elsewhere: it decides where the report states one such figure only."""
    sole = len({base.fact.value for base in bases}) == 1 and _possible(parts[0], bases[0])
    scope = _SCOPE.search(parts[0].lead)
    sole = sole and (scope is None or scope[0] in bases[0].name) and not _ADJUSTED.search(rate.fact.sentence)
    weight: Weight = "decides" if sole else "confirms"
    for base in bases[:MOST_FAR]:
        yield _relation(rule, rate, parts, base, weight)


def _relation(rule: RateRule, rate: Place, parts: Sequence[Place], base: Place, weight: Weight) -> Relation:
    return Relation(
        "rate",
        rate.figure.fact_index,
        (*(part.figure.fact_index for part in parts), base.figure.fact_index),
        "confirms" if rule.loose else weight,
        rule.zh,
        rate.figure.fact_index,
        rule=rule.id,
    )


def _before(rate: Place) -> list[Place]:
    """Return the figures before a rate in its stretch, the nearest first."""
    return [Place(rate.stretch, rate.number, at) for at in range(rate.at - 1, -1, -1)]


def _far(rate: Place, known: Sequence[Place]) -> list[Place]:
    """Return the figures of other stretches, the nearest stretch before first, then those after."""
    before = [place for place in known if place.number < rate.number]
    after = [place for place in known if place.number > rate.number]
    return [*reversed(before), *after]


def _is(named: object, rule: RateRule, place: Place) -> bool:
    fact = place.fact
    fits = fact.kind in rule.kinds and not fact.per and fact.role not in ("norm", "full", "awarded") and plain(fact)
    return fits and callable(named) and bool(named(place.name)) and not _unit_of_another(place)


def _fit(rule: RateRule, part: Place, base: Place) -> bool:
    if part.figure.fact_index == base.figure.fact_index or part.fact.unit != base.fact.unit or not base.fact.value:
        return False
    return base.figure.fact_index < part.figure.fact_index or not rule.early.search(base.name)


def _by_stem(rate: Place) -> Iterator[Relation]:
    """Yield a rate named after what was done (整改率, 结案率): the figure so named ÷ the one before it.

    What was not done is counted by another rate (不合格12家 is no part of 合格率).
    """
    found = _STEM.search(rate.fact.metric)
    if found is None or _UNSTEMMED.match(found["stem"]):
        return
    stem, negated = found["stem"], found["negated"] or ""
    near = [place for place in _before(rate) if place.figure.sentence == rate.figure.sentence]
    near = [place for place in near if place.fact.kind in ("count", "amount", "other") and not place.fact.per]
    near = [place for place in near if not _of_the_rest(stem, negated, place) and not _unit_of_another(place)]
    for number, part in enumerate(near):
        if not _done(stem, part.lead) or not plain(part.fact):
            continue
        bases = [base for base in near[number + 1 :] if base.fact.unit == part.fact.unit and base.fact.value]
        for count, base in enumerate(base for base in bases if plain(base.fact)):
            sure = count == 0 and number == 0 and _possible(part, base)
            sure = sure and base.figure.part == part.figure.part == rate.figure.part and not rate.dealt
            sure = sure and not negated and part.fact.unit not in _VISITS and _of_these(rate, stem, part, base)
            sure = sure and not _OF_YEARS.search(base.name)
            sure = sure and not any(stem in name for name in _rates_between(part, rate))
            weight: Weight = "decides" if sure else "confirms"
            terms = (part.figure.fact_index, base.figure.fact_index)
            yield Relation("rate", rate.figure.fact_index, terms, weight, stem, rate.figure.fact_index)
        return


def of_another_year(base: Place, rate: Place) -> bool:
    """Tell whether a figure from elsewhere is said of another year than a rate."""
    year = rate.fact.period[:4] or rate.fact.year
    return bool(year and base.fact.period) and base.fact.period[:4] != year


def _unit_of_another(place: Place) -> bool:
    """Tell whether a figure is what another is per: 0.06次/10万公顷, 每10万人."""
    return _OF_UNIT.search(place.stretch.before(place.at)) is not None


def _of_these(rate: Place, stem: str, part: Place, base: Place) -> bool:
    """Tell whether a rate's own name, if it has one, is also that of its figures: 工程量完成率 is not of 投资."""
    lead = rate.lead
    own = _PLAIN.sub("", lead[: lead.rfind(stem)]) if stem in lead else ""
    named = f"{part.name}{base.name}"
    return len(own) < 2 or any(own[at : at + 2] in named for at in range(len(own) - 1))


def _of_the_rest(stem: str, negated: str, place: Place) -> bool:
    """Tell whether a figure counts the others: 不合格12家 beside 合格率, 合格108家 beside 不合格率."""
    lead = place.lead
    at = lead.rfind(stem)
    return at >= 0 and (_NEGATED.search(lead[:at]) is not None) != bool(negated)


def _done(stem: str, lead: str) -> bool:
    """Tell whether a figure's words say that it is what was done, by this or another name, not what came of it."""
    same = next(
        (pattern.regex for pattern in matcher("shares", "same_deed").patterns if pattern.regex.match(stem)), None
    )
    ends = [found.end() for found in same.finditer(lead)] if same else [lead.rfind(stem) + len(stem)]
    found_in = bool(ends) and (same is not None or stem in lead)
    return found_in and not _CAME_TO.match(lead[ends[-1] :])
