"""Totals behind their parts: 三项合计, 前四项, 共核减, 总分."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.relate.part_names import found, is_family
from parsers.relate.parts import MOST_READINGS, distinct, is_deducted, is_part, label_of, like_part, plain
from parsers.relate.relations import Relation, Weight
from parsers.relate.stretches import Stretch
from patterns import cue

_COME_TO = cue("relations", "relation.cue.come-to")
_MAY_CLOSE = cue("relations", "relation.cue.may-close")
_SPENT = cue("relations", "relation.cue.spent")
_SAME_DEED = cue("relations", "relation.cue.same-deed")
_TOTAL_MARK = cue("relations", "relation.cue.total-mark")
_DEALT_TOTAL = cue("relations", "relation.cue.dealt-total")
_OF_YEAR = cue("relations", "relation.cue.of-year")
DIGITS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def parts_before(stretch: Stretch, position: int) -> Iterator[Relation]:
    """Yield the sums whose total stands behind its parts: 三项合计, 合计, 前四项."""
    figures = stretch.figures
    total = figures[position]
    gap = stretch.before(position)
    if not _MAY_CLOSE.search(gap):
        return
    if _COME_TO.match(gap) and plain(total.fact):
        yield from _over_years(stretch, position)
    if (dealt := _DEALT_TOTAL.match(gap)) is not None and plain(total.fact):
        yield from _of_dealt(stretch, position, dealt[0].strip(",;"))
    yield from _of_one_deed(stretch, position, gap)
    closes = found("closes", gap)
    words = closes or found("first", gap)
    if words is None or not plain(total.fact):
        return
    near = {total.sentence, total.sentence - 1} if "。" in gap else {total.sentence}
    before = [at for at in range(position) if is_deducted(stretch, at) == is_deducted(stretch, position)]
    parts = [
        at
        for at in before
        if figures[at].sentence in near and is_part(stretch, at, total.fact) and figures[at].bracket == total.bracket
    ]
    stated = str(words["count"] or "")
    count = DIGITS.get(stated, int(stated) if stated.isdigit() else 0)
    weight: Weight = "confirms"
    if count:
        chosen = parts[:count] if closes is None else parts[-count:]
        just = words.groupdict().get("whole") is None or len(parts) == count
        weight = "decides" if len(parts) >= count > 1 and just else "confirms"
    else:
        beside = [at for at in parts if figures[at].part == total.part]
        chosen = beside if closes is not None and len(beside) > 1 else parts
        if len(chosen) > 1 and closes is not None and "。" not in gap[: closes.start()]:
            noun, labels = closes.groupdict().get("noun"), [label_of(stretch, at) for at in chosen]
            whole = not noun and chosen == list(range(chosen[0], position))
            weight = "decides" if whole or is_family(labels) else "bounds"
            if noun and _SPENT.search(noun) and not any(_SPENT.search(label) for label in labels):
                weight = "confirms"
    cue = words[0].strip(",;。、")
    index = [figure.fact_index for figure in figures]
    if len(chosen) > 1:
        yield Relation("sum", total.fact_index, tuple(index[at] for at in chosen), weight, cue, total.fact_index)
    endings = [found_in[start:] for found_in in (chosen, parts) for start in range(len(found_in) - 1)]
    listed = [at for at in before if figures[at].part == total.part and like_part(stretch, at, total.fact)]
    for reading in distinct([listed, *endings], chosen)[:MOST_READINGS]:  # listed: with what is 新增
        yield Relation("sum", total.fact_index, tuple(index[at] for at in reading), "confirms", cue, total.fact_index)


def _of_dealt(stretch: Stretch, position: int, cue_: str) -> Iterator[Relation]:
    """Yield 分别核减420万元、365万元和198万元，共核减983万元: the figures that were dealt out, and no others."""
    parts = []
    for at in range(position - 1, -1, -1):
        if not is_part(stretch, at, stretch.figures[position].fact):
            return
        parts.append(stretch.figures[at].fact_index)
        if len(stretch.before(at)) > 1:
            if "分别" in stretch.lead(at) and len(parts) > 1:
                total = stretch.figures[position].fact_index
                yield Relation("sum", total, tuple(reversed(parts)), "decides", cue_, total)
            return


def _of_one_deed(stretch: Stretch, position: int, gap: str) -> Iterator[Relation]:
    """Yield 上半年支出240万元，下半年支出330万元，全年共支出570万元, and marks with their total behind them."""
    figures, total = stretch.figures, stretch.figures[position]
    deed = _SAME_DEED.match(gap) if "共" in gap else None
    marks = total.fact.kind == "score" and _TOTAL_MARK.match(gap) is not None
    if not plain(total.fact) or not (deed or marks):
        return
    parts = [at for at in range(position) if figures[at].part == total.part and is_part(stretch, at, total.fact)]
    parts = [at for at in parts if figures[at].bracket == total.bracket and not is_deducted(stretch, at)]
    labels = [stretch.lead(at) for at in parts]
    alike = deed is not None and len(parts) > 1 and all(deed["deed"] in label for label in labels) and is_family(labels)
    if alike or (marks and len(parts) > 2 and parts == list(range(parts[0], position))):
        terms = tuple(figures[at].fact_index for at in parts)
        weight: Weight = "decides" if alike else "bounds"
        yield Relation("sum", total.fact_index, terms, weight, gap.strip(",;"), total.fact_index)


def _over_years(stretch: Stretch, position: int) -> Iterator[Relation]:
    """Yield 2021年200万元、2022年300万元，累计500万元: earlier years may be left out, so the list only bounds."""
    total, years, parts = stretch.figures[position], [], []
    for at in range(position - 1, -1, -1):
        year = _OF_YEAR.search(stretch.lead(at))
        if year is None or not is_part(stretch, at, total.fact) or stretch.figures[at].part != total.part:
            break
        years.append(int(year["year"]))
        parts.append(stretch.figures[at].fact_index)
    if len(years) > 1 and years == list(range(years[0], years[0] - len(years), -1)):
        yield Relation("sum", total.fact_index, tuple(reversed(parts)), "bounds", "累计", total.fact_index)
