"""Totals behind a list of paragraphs: (1)学前资助…发放62.30万元;(2)…;以上五类共发放819.30万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.relate.closing_sums import DIGITS
from parsers.relate.parts import is_part
from parsers.relate.relations import Relation
from parsers.relate.stretches import Stretch
from patterns import cue

_AMONG = cue("figures", "figure.among")
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
            terms = [_of_item(item, stretch, at) for item in items]
            if figure.sentence == 0 and figure.fact.role == "actual" and None not in terms:
                parts = tuple(term for term in terms if term is not None)
                yield Relation("sum", figure.fact_index, parts, "decides", words[0], figure.fact_index)


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
    """Return the one figure of an item that can be a part of a total: of several the one that its words name."""
    among = next((at for at in range(len(item.figures)) if _AMONG.search(item.before(at))), len(item.figures))
    parts = [at for at in range(among) if is_part(item, at, closing.figures[total].fact)]
    if len(parts) > 1:
        said = closing.lead(total)
        parts = [at for at in parts if len(item.lead(at)) >= LEAST_WORDS and item.lead(at)[-LEAST_WORDS:] in said]
    return item.figures[parts[0]].fact_index if len(parts) == 1 else None
