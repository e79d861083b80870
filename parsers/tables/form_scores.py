"""The score tree of a form: the rows of its blocks (budget, goals, indicators) with targets, results and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.document import Block, Cell
from parsers.model import Score
from parsers.tables.form_goals import goals_beside, goals_of
from parsers.tables.form_sides import by_target, goal_columns
from parsers.tables.form_turned import upright
from parsers.tables.forms import FormBlock, Row, clean, form_blocks, is_total, same_head
from patterns import cue, matcher

_REMARK = re.compile(r"\(.*?\)$")
_NUMBER = cue("scores", "mark.cue.number")
_LABEL = cue("scores", "mark.cue.list-number")
_WORTH = cue("scores", "mark.cue.worth")
_DIGIT = re.compile(r"\d")
_HEAD_WORTH = cue("scores", "mark.cue.head-worth")
_NAMED_TARGET = cue("scores", "mark.cue.named-target")


@dataclass(frozen=True, slots=True)
class Node:
    """A statement of marks at its place in the document."""

    start: int
    end: int
    score: Score
    level: int = 0
    """Level that the text names (一级指标); 0 where it does not."""


def form_scores(table: Block, before: Block | None = None) -> Iterator[Node]:
    """Yield the nodes of the score tree that the blocks of ``table`` state, from top to bottom.

    Where its head is that of the end of the table ``before``, its first row goes on with the names there.
    """
    table = upright(table)
    blocks = form_blocks(table)
    above_first = _left_off(before, blocks[0]) if before is not None and blocks else ()
    indicators = [block for block in blocks if block.kind == "indicators"]
    sides = {block.side for block in indicators}
    kinds = {block.kind for block in blocks}
    longer = goal_columns(blocks)
    for block in blocks:
        if block.kind == "budget":
            yield from _budget(block, whole=len(kinds) > 1)
        elif block.kind == "goals":
            found = goals_of(block) if len(kinds) > 1 else ()
            yield from (Node(start, start, score) for start, score in found)
        else:
            above = (_plain(block.side),) if len(sides) == len(indicators) > 1 and block.side else ()
            for name, side in by_target(block, longer):
                names = above_first if block is blocks[0] else ()
                yield from (_below(node, (*filter(None, (name,)), *above)) for node in _indicators(side, names))
    if indicators and "goals" not in kinds:
        yield from (Node(start, start, score) for start, score in goals_beside(table, indicators))


def _left_off(before: Block, block: FormBlock) -> tuple[str, ...]:
    """Return the names that the last row of a table stands under, where ``block`` goes on below the same head."""
    last = next(iter(form_blocks(before)[-1:]), None)
    if last is None or "name" not in block.head or last.kind != "indicators" or not same_head(last.head, block.head):
        return ()
    names: list[str] = []
    for said in _named_rows(last).values():
        names = _carried(names, said.names)
    return () if _total_label(last.rows[-1]) else tuple(names)


def _below(node: Node, above: tuple[str, ...]) -> Node:
    return replace(node, score=replace(node.score, path=(*above, *node.score.path))) if above else node


def _text(row: Row, part: str) -> str:
    return "".join(" ".join(cell.text.split()) for cell in row.parts.get(part, ()) if cell.text.strip())


def _number(text: str) -> Decimal | None:
    found = _NUMBER.match(clean(text).removesuffix("%"))
    return Decimal(found[0]) if found else None


def _budget(block: FormBlock, *, whole: bool) -> Iterator[Node]:
    """Yield the rows of a budget block that carry marks: budget as the target, spending as the result.

    Where none does, the first row counts, the whole budget, if ``whole``: the form has indicators as well.
    """
    found = []
    stated = _stated_worth(block)
    for row in block.rows:
        full, awarded = _marks(row, "full"), _marks(row, "awarded")
        if stated is not None and full is not None and "awarded" not in block.head:  # 分值(10分) above 9.75
            full, awarded = None, full
        if stated is not None and full is None and awarded is not None:
            full = stated
        if row.parts["name"]:
            label = row.parts["name"][-1]
            name = _plain(clean(label.text))
            score = Score((name,), _last(row, "budget"), _last(row, "spent"), full, awarded, _text(row, "reason"))
            found.append(Node(label.span.start, label.span.end, score))
    marked = [node for node in found if node.score.full is not None or node.score.awarded is not None]
    if not marked and whole:
        marked = [node for node in found[:1] if node.score.target or node.score.actual]
    yield from marked


def _stated_worth(block: FormBlock) -> Decimal | None:
    """Return the full marks that the head of a budget's marks states: 分值(10分), 得分(20分*执行率)."""
    labels = (clean(cell.text) for part in ("full", "awarded") for cell in block.head.get(part, ()))
    found = next((match for label in labels if (match := _HEAD_WORTH.search(label))), None)
    return Decimal(found["full"]) if found else None


def _last(row: Row, part: str) -> str:
    """Return the text of the last filled column of a part: of several budgets the one that held in the end."""
    texts = [" ".join(cell.text.split()) for cell in row.parts.get(part, ())]
    return next((text for text in reversed(texts) if text), "")


def _indicators(block: FormBlock, above: Sequence[str] = ()) -> Iterator[Node]:
    """Yield the rows of an indicator block, and the levels above them where their names state marks.

    ``above`` are the names that the first row goes on under.
    """
    bare = not {"full", "awarded"} & block.head.keys() and any(_total_label(row) for row in block.rows)
    named = _named_rows(block)
    weights = _weights(block)
    carried = list(above)
    seen = {_path(above)[0][:depth] for depth in range(1, len(above) + 1)}
    last: Node | None = None
    for row in block.rows:
        total = _total_label(row)
        if total is not None:
            left = [cell.text.strip() for cell in row.parts["name"] if cell.col < total.col and cell is not total]
            if left and last is not None and "name" not in block.head:
                last = replace(last, score=replace(last.score, reason=" ".join(left[-1].split())))
            yield from _flushed(last)
            yield from _total(block, row, total)
            last = None
            continue
        said = named[id(row)]
        if not any(said.names) and not said.target:
            continue
        if said.left and last is not None:
            last = replace(last, score=replace(last.score, reason=said.left))
        yield from _flushed(last)
        carried = _carried(carried, said.names)
        path, worths = _path(carried)
        if weights:
            worths = [_beside(row, column) for column in weights[: len(path)]]
        yield from _worths(row, path, worths, seen)
        full, awarded = _marks(row, "full"), _marks(row, "awarded")
        actual = said.actual
        if bare and _number(actual) is not None:
            awarded, actual = _number(actual), ""
        last = None
        if path and (said.target or actual or full is not None or awarded is not None):
            full = full if full is not None else worths[-1]
            score = Score(path, said.target, actual, full, awarded, _text(row, "reason"))
            start = row.cells[0].span.start
            last = Node(start, start, score)
    yield from _flushed(last)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says: names (blank where none begins), target, result; ``left`` is the last cell of the row above."""

    names: list[str]
    target: str
    actual: str
    left: str = ""


def _named_rows(block: FormBlock) -> dict[int, _Said]:
    """Return what the rows of a block say, by the row's id."""
    rows = [row for row in block.rows if _total_label(row) is None]
    if "name" not in block.head:
        return _flat_rows(block, rows)
    columns = sorted({cell.col for row in rows for cell in row.parts["name"]})
    found = {}
    for row in rows:
        texts = {cell.col: " ".join(cell.text.split()) for cell in row.parts["name"]}
        names, target = [texts.get(column, "") for column in columns], _target(block, row)
        if _NAMED_TARGET.match(clean(target)):  # 绩效目标 holds the names of the last level
            names, target = [*names, target], ""
        found[id(row)] = _Said(names, target, _latest(block, row, "actual"))
    return found


def _flat_rows(block: FormBlock, rows: Sequence[Row]) -> dict[int, _Said]:
    """Return what the rows of a flattened form say: the labels left of the figures are names, deepest last.

    Where no figures stand for target and result, they are the last two labels; a first label that is no name of an
    indicator's level is what the row above ended with.
    """
    said: dict[int, _Said] = {}
    for row in rows:
        texts = [" ".join(cell.text.split()) for cell in row.parts["name"]]
        target, actual, left = _target(block, row), _latest(block, row, "actual"), ""
        if {"target", "actual"} <= block.head.keys() and not target and not actual and len(texts) > 2:
            *texts, target, actual = texts
        texts = _from_top(texts)
        if len(texts) > 1 and not _is_top(texts[0]):
            left, *texts = texts
        said[id(row)] = _Said(texts, target, actual, left)
    depth = max((len(one.names) for one in said.values()), default=0)
    return {key: replace(one, names=[""] * (depth - len(one.names)) + one.names) for key, one in said.items()}


def _from_top(texts: list[str]) -> list[str]:
    """Return the labels from a first level with its marks on: before it stand levels that were left blank."""
    tops = [at for at, text in enumerate(texts) if at and _WORTH.search(clean(text)) and _is_top(text)]
    return texts[tops[-1] :] if tops and _is_top(texts[tops[-1] - 1]) else texts


def _target(block: FormBlock, row: Row) -> str:
    number, unit = _text(row, "operator") + _latest(block, row, "target"), _text(row, "unit")
    return f"{number} {unit}" if number and unit[:1].isdigit() else number + unit  # 180 1/10万


def _latest(block: FormBlock, row: Row, part: str) -> str:
    """Return the text under the last filled head of a part: of several targets the one that held in the end."""
    heads = sorted(block.head.get(part, ()), key=lambda cell: cell.col)
    starts = [head.col for head in heads[1:]]
    texts: dict[int, str] = {}
    for cell in row.parts.get(part, ()):
        column, text = sum(start <= cell.col for start in starts), " ".join(cell.text.split())
        before = texts.get(column, "")
        texts[column] = text if _DIGIT.search(before) and _DIGIT.search(text) else before + text  # ≥ | 90, but 9 | 7
    return next((text for _, text in sorted(texts.items(), reverse=True) if text), "")


def _weights(block: FormBlock) -> tuple[int, ...]:
    """Return the columns of marks that stand right behind each column of names; empty where not each has one."""
    names, full = block.head.get("name", ()), block.head.get("full", ())
    if len(names) < 2 or len(names) != len(full):
        return ()
    pairs = zip(sorted(names, key=lambda cell: cell.col), sorted(full, key=lambda cell: cell.col), strict=True)
    columns = [(name.col + name.colspan, mark.col) for name, mark in pairs]
    return tuple(mark for end, mark in columns) if all(end == mark for end, mark in columns) else ()


def _beside(row: Row, column: int) -> Decimal | None:
    return next((_number(cell.text) for cell in row.parts["full"] if cell.col == column), None)


def _marks(row: Row, part: str) -> Decimal | None:
    """Return the marks of a row: of several columns of full marks the deepest level's, of given marks the first."""
    cells = row.parts.get(part, ())
    return _number(cells[-1 if part == "full" else 0].text) if cells else None


def _flushed(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield node


def _is_top(name: str) -> bool:
    return matcher("scores", "top").found_in(clean(name))


def _carried(above: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Fill the blanks of a row's names from the row above, as far as no name left of them is new."""
    filled: list[str] = []
    new = False
    for index, text in enumerate(texts):
        if clean(text):
            new = new or index >= len(above) or above[index] != text
            filled.append(text)
        elif not new and index < len(above) and index + 1 < len(texts):
            filled.append(above[index])
        else:
            filled.append("")
    return filled


def _path(names: Sequence[str]) -> tuple[tuple[str, ...], list[Decimal | None]]:
    """Return the names as a path without numbers and marks, and the marks that each of them states."""
    path: list[str] = []
    worths: list[Decimal | None] = []
    for text in names:
        name = _plain(clean(text))
        worth = _WORTH.search(name)
        name = name[: worth.start()] if worth else name
        if name and (not path or path[-1] != name):
            path.append(name)
            worths.append(Decimal(worth["full"]) if worth else None)
    return tuple(path), worths or [None]


def _plain(name: str) -> str:
    shorter = _LABEL.sub("", name)
    while shorter != name:
        name, shorter = shorter, _LABEL.sub("", shorter)
    return name.rstrip(":")


def _worths(
    row: Row, path: tuple[str, ...], worths: Sequence[Decimal | None], seen: set[tuple[str, ...]]
) -> Iterator[Node]:
    """Yield the nodes above a row whose names state marks, each once."""
    for depth, worth in enumerate(worths[: len(path) - 1], start=1):
        if worth is not None and path[:depth] not in seen:
            seen.add(path[:depth])
            start = row.cells[0].span.start
            yield Node(start, start, Score(path[:depth], full=worth))


def _total_label(row: Row) -> Cell | None:
    """Return the cell that calls a row the total; in a flattened form the row above may end before it."""
    first = next((cell for cell in row.cells if clean(cell.text)), None)
    deepest = row.parts["name"][-1] if row.parts.get("name") else None
    bare = not any(clean(cell.text) for part in ("target", "actual") for cell in row.parts.get(part, ()))
    for cell in (first, deepest if bare and deepest in row.cells else None):
        if cell is not None and is_total(cell.text):
            return cell
    return None


def _total(block: FormBlock, row: Row, label: Cell) -> Iterator[Node]:
    """Yield the total of a block: its marks stand in their columns, or one after another."""
    full, awarded = _marks(row, "full"), _marks(row, "awarded")
    if awarded is None:
        figures = [number for cell in row.cells if (number := _number(cell.text)) is not None]
        if "full" not in block.head:
            awarded = figures[0] if figures else None
        elif len(figures) > 1:
            full, awarded = figures[:2]
    if full is not None or awarded is not None:
        name = _REMARK.sub("", clean(label.text))
        yield Node(label.span.start, label.span.end, Score((name,), full=full, awarded=awarded))
