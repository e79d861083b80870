"""Say why a figure was read as it was: which pattern found it, which words judged it, where its name comes from."""

from __future__ import annotations

from collections.abc import Iterator

from extract.document import Document
from parsers.figures.clauses import Around, arounds
from parsers.figures.judging import judge
from parsers.figures.quantities import bound_pattern
from parsers.figures.scan import Mark, scan
from parsers.model import Fact, Report
from parsers.report.paragraphs import paragraphs
from parsers.view import View, make_view
from patterns import Pattern, catalogue


def explain(document: Document, reports: tuple[Report, ...], offset: int) -> Iterator[tuple[str, str]]:
    """Yield (question, answer) pairs about the numeral at ``offset`` of the document's text; none where none stands."""
    view = _view(document, offset)
    marks = scan(view)
    mark = next((m for m in marks if _holds(view, m, offset)), None)
    if mark is None:
        return
    yield "text", view.text[max(0, mark.start - 30) : mark.end + 20]
    yield "numeral", view.text[mark.start : mark.end]
    fact = next((f for report in reports for f in report.facts if f.span.start <= offset < f.span.end), None)
    yield "found as", _found_as(mark, fact)
    around = next((a for a in arounds(view, marks) if a.mark is mark), None)
    if around is not None:
        yield from _words(view, around)
    if fact is not None:
        yield from _answers(fact)


def _view(document: Document, offset: int) -> View:
    """Return the view of the paragraph or cell that holds ``offset``."""
    block = document.block_at(offset)
    cell = next((c for c in block.cells if c.span.start <= offset < c.span.end), None) if block else None
    if cell is not None:
        return make_view(document.text, cell.span.start, cell.span.end)
    found = next((p for p in paragraphs(document) if p.span.start <= offset < p.span.end), None)
    return found.view if found else make_view(document.text, offset, offset + 1)


def _holds(view: View, mark: Mark, offset: int) -> bool:
    span = view.span(mark.start, mark.end)
    return span.start <= offset < span.end


def _found_as(mark: Mark, fact: Fact | None) -> str:
    if fact is not None and mark.what == "unread":
        return f"bare figure of a table by {fact.pattern}: its {fact.unit_from} gives it the unit"
    return f"{mark.what} by {_described(mark.pattern) or 'no pattern'}"


def _described(pattern_id: str) -> str:
    for name in ("quantities", "refusals", "roles", "bounds"):
        for pattern in catalogue(name):
            if pattern.id == pattern_id:
                return f"{pattern.id} ({name}.toml): {pattern.description}"
    return pattern_id


def _words(view: View, around: Around) -> Iterator[tuple[str, str]]:
    bound = bound_pattern(view.text, around.mark.start, around.mark.end)
    yield "bound", _told(bound) if bound else "no word for a limit touches it: eq"
    role, pattern_id = judge(view.text, around)
    yield (
        "role",
        f"{role}: {_described(pattern_id)}" if role else "no word near it: neighbours or headings decide",
    )


def _told(pattern: Pattern) -> str:
    return f"{pattern.set['bound']}: {_described(pattern.id)}"


def _answers(fact: Fact) -> Iterator[tuple[str, str]]:
    value = fact.value if fact.value is not None else f"{fact.low} to {fact.high}"
    yield "value", f"{value} {fact.unit}{f' per {fact.per}' if fact.per else ''} (unit from the {fact.unit_from})"
    yield "fact", f"{fact.kind}, {fact.role}, {fact.bound}"
    yield "metric", fact.metric
    yield "subject", fact.subject
    yield "section", fact.section
    yield "period", f"{fact.period or 'none stated'}; the report's year is {fact.year or 'unknown'}"
    if fact.cell:
        yield "cell", fact.cell
