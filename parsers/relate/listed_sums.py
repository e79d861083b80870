"""Totals behind a list of paragraphs: (1)学前资助…发放62.30万元;(2)…;以上五类共发放819.30万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.relate.closing_sums import DIGITS
from parsers.relate.parts import is_part
from parsers.relate.relations import Relation, Weight
from parsers.relate.stretches import Stretch
from patterns import cue

_AMONG = cue("figures", "figure.among")
_SPENT = cue("relations", "relation.cue.spent")
_GRANTED = cue("relations", "relation.cue.granted")
_TOTALLED = cue("relations", "relation.cue.totalled")
_CLOSES = cue("relations", "relation.cue.closes-list")
_ITEM = cue("relations", "relation.cue.list-item")
LEAST_ITEMS = 2
LEAST_WORDS = 2


def listed_sums(stretches: Sequence[Stretch]) -> Iterator[Relation]:
    """Yield the totals that a paragraph behind a list states of it, where each item has one figure that fits."""
    for number, stretch in enumerate(stretches):
        words = _CLOSES.match(stretch.text)
        if words is None or stretch.in_table:
            continue
        items = _items_before(stretches, number)
        above = number - len(items) - 1
        nested = above >= 0 and _ITEM.match(stretches[above].text) is not None
        count = words["count"] or ""
        said = DIGITS.get(count, int(count) if count.isdigit() else 0)
        if len(items) < LEAST_ITEMS or said not in (0, len(items)) or (nested and not said):
            continue  # of a list in a list it is not known which is summed up, but by its number
        for at, figure in enumerate(stretch.figures):
            if figure.sentence or figure.fact.role != "actual" or (at and not _TOTALLED.search(stretch.lead(at))):
                continue
            parts = [(item, part) for item in items if (part := _of_item(item, stretch, at)) is not None]
            if len(parts) == len(items):
                terms = tuple(item.figures[part].fact_index for item, part in parts)
                granted = any(_GRANTED.search(item.lead(part)) for item, part in parts)
                weight: Weight = "confirms" if granted and _SPENT.search(stretch.lead(at)) else "decides"
                yield Relation("sum", figure.fact_index, terms, weight, words[0], figure.fact_index)


def _items_before(stretches: Sequence[Stretch], number: int) -> list[Stretch]:
    """Return the items of one list right before a paragraph, numbered from one on."""
    items: list[Stretch] = []
    styles = set()
    for stretch in reversed(stretches[:number]):
        marker = _ITEM.match(stretch.text)
        styles.add((marker["open"], marker["close"]) if marker is not None else None)
        if marker is None or len(styles) > 1:
            return []
        items.insert(0, stretch)
        if marker["first"] or marker["ringed"] == "①":
            return items
    return []


def _of_item(item: Stretch, closing: Stretch, total: int) -> int | None:
    """Return which figure of an item can be a part of a total, if one can: of several the one that its words name."""
    among = next((at for at in range(len(item.figures)) if _AMONG.search(item.before(at))), len(item.figures))
    parts = [at for at in range(among) if is_part(item, at, closing.figures[total].fact)]
    if len(parts) > 1:
        said = closing.lead(total)
        parts = [at for at in parts if len(item.lead(at)) >= LEAST_WORDS and item.lead(at)[-LEAST_WORDS:] in said]
    return parts[0] if len(parts) == 1 else None
