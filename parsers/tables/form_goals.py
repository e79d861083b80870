"""The goals of a form: what was to be reached in the year, and what became of it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from extract.document import Block
from parsers.model import Score
from parsers.tables.forms import FormBlock, clean, part_of
from patterns import cue

GOAL = "年度总体目标"
"""What the year's goals are called in the score tree; several are counted below it."""
LEAST = 6
"""A shorter text beside the label of a goal is no goal."""
_LABEL = cue("scores", "mark.cue.goal")
_VALUE = cue("scores", "mark.cue.goal-value")
_LONGER = cue("scores", "mark.cue.longer")


def goals_of(block: FormBlock) -> Iterator[tuple[int, Score]]:
    """Yield the goals of a block with what became of them, and where they begin; a longer time's go by their name."""
    longer = {cell.col: goal_name(clean(cell.text)) for cell in block.head["target"] if is_longer(clean(cell.text))}
    year = {part: [cell.col for cell in given if cell.col not in longer] for part, given in block.head.items()}
    stated: list[tuple[int, str, str]] = []
    for row in block.rows:
        start = row.cells[0].span.start
        texts = {cell.col: " ".join(cell.text.split()) for given in row.parts.values() for cell in given}
        for column, name in longer.items():
            if texts.get(column):
                yield start, Score((name,), texts[column])
        target, actual = ("".join(texts.get(c, "") for c in year.get(part, ())) for part in ("target", "actual"))
        if target or actual:
            stated.append((start, target, actual))
    for number, (start, target, actual) in enumerate(stated, start=1):
        yield start, Score((GOAL,) if len(stated) == 1 else (GOAL, f"目标{number}"), target, actual)


def goals_beside(table: Block, blocks: Iterable[FormBlock] = ()) -> Iterator[tuple[int, Score]]:
    """Yield the goals that stand beside their label (总体目标 | 更新渡船9艘), no names of ``blocks``."""
    named = {cell.span.start for block in blocks for row in block.rows for cell in row.parts.get("name", ())}
    for label, cell in zip(table.cells, table.cells[1:], strict=False):
        text = " ".join(cell.text.split())
        name = clean(label.text)
        stated = (
            cell.row == label.row and len(text) >= LEAST and _LABEL.match(clean(text)) is None and not part_of(text)
        )
        if stated and _LABEL.match(name) and not {label.span.start, cell.span.start} <= named:
            yield label.span.start, Score((goal_name(name),), text)


def is_longer(label: str) -> bool:
    """Tell whether a label is that of a time longer than the year: 中期目标, 实施期指标值."""
    return _LONGER.search(label) is not None


def goal_name(label: str) -> str:
    """Return what a goal is called: the year's by one name, those of a longer time by their own."""
    plain = str(regex.sub(r"\(.*", "", label))
    return str(_VALUE.sub("目标", plain)) if is_longer(label) else GOAL
