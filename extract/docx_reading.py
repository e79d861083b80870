"""What is known while a Word file is read, and the reading of its paragraphs, with their numbers, and of its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from extract.docx_numbering import Label, Numbering, read_numbering
from extract.docx_styles import BODY_TEXT, Styles, read_styles
from extract.docx_table import GridCell, grid, members
from extract.docx_text import VML, Inline, Pages, Story, read_paragraph
from extract.errors import DamagedError
from extract.ooxml_package import Element, Package, Relationship, W

_CONTENTS = frozenset(f"toc {level}" for level in range(1, 10))


@dataclass(slots=True)
class Reading:
    """One file being read."""

    package: Package
    styles: Styles
    numbering: Numbering
    story: Story
    notes: dict[tuple[str, str], Element]
    sections: list[Element]
    relationships: Mapping[str, Relationship]
    note_numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is printed: with its number at the head of its text."""

    text: str
    number: str | None
    outline: int | None
    in_contents: bool
    inline: Inline


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph (read) or a table (not yet) of a container; ``name`` counts each kind: ``paragraph 3``."""

    name: str
    element: Element
    paragraph: Paragraph | None


def begin(package: Package, root: Element) -> Reading:
    """Return a reading at the head of the file; a part that only helps may be damaged, which is noted."""
    lost: list[str] = []
    relationships = package.relationships(package.main)
    targets = {item.kind: item.target for item in relationships.values() if item.target}

    def part(kind: str) -> Element | None:
        name = targets.get(kind)
        if name is None or name not in package:
            return None
        try:
            return package.xml(name)
        except DamagedError as error:
            lost.append(error.what)
            return None

    styles = read_styles(part("styles"))
    numbering = read_numbering(part("numbering"), styles)
    notes = {
        (kind, note.get(W + "id", "")): note
        for kind in ("footnote", "endnote")
        if (part_root := part(kind + "s")) is not None
        for note in part_root.iterchildren(W + kind)
    }
    sections = [
        section
        for body in root.iterchildren(W + "body")
        for section in body.iter(W + "sectPr")
        if section.getparent().tag != W + "sectPrChange"
    ]
    told = stated_pages(package) > 1 or next(root.iter(W + "lastRenderedPageBreak"), None) is not None
    story = Story(styles, Pages(told))
    return Reading(package, styles, numbering, story, notes, sections, relationships, lost=lost)


def stated_pages(package: Package) -> int:
    """Return the number of pages that the file states of itself; 0 where it states none."""
    if "/docProps/app.xml" not in package:
        return 0
    try:
        value = package.xml("/docProps/app.xml").findtext("{*}Pages", "")
    except DamagedError:
        return 0  # a part of no weight: without it there are no page numbers
    return int(value) if value.isascii() and value.isdigit() else 0


def apart(reading: Reading) -> Reading:
    """Return the reading for text outside the flow (a note, a text box): it has fields and page marks of its own."""
    story = reading.story
    return replace(reading, story=replace(story, fields=[], pages=replace(story.pages)))


def items(container: Element, reading: Reading) -> Iterator[Item]:
    """Yield paragraphs and tables in order; a paragraph whose mark is deleted runs on into the next one."""
    counts: Counter[str] = Counter()
    carried: list[Inline] = []
    last: Item | None = None
    for element in members(container, W + "p", W + "tbl", W + "altChunk"):
        if element.tag == W + "altChunk":
            reading.story.seen["chunk"] += 1
            continue
        kind = "paragraph" if element.tag == W + "p" else "table"
        counts[kind] += 1
        name = f"{kind} {counts[kind]}"
        if kind == "table":
            yield Item(name, element, None)
            continue
        inline = read_paragraph(element, reading.story)
        if inline.properties.mark_deleted:
            reading.story.seen["deleted"] += 1
            carried.append(inline)
            last = Item(name, element, None)
            continue
        yield Item(name, element, _paragraph(_joined([*carried, inline]), reading))
        carried = []
    if last is not None and carried:  # no paragraph follows that they could run on into
        yield Item(last.name, last.element, _paragraph(_joined(carried), reading))


def _joined(inlines: list[Inline]) -> Inline:
    """Return one paragraph out of several; the last one's properties hold."""
    *before, last = inlines
    for inline in reversed(before):
        last.parts[:0] = inline.parts
        last.notes[:0] = inline.notes
        last.boxes[:0] = inline.boxes
        last.graphics[:0] = inline.graphics
        last.page = inline.page if inline.text.strip() else last.page
    return last


def _paragraph(inline: Inline, reading: Reading) -> Paragraph:
    properties = inline.properties
    text = inline.text
    label: Label | None = None
    if text or not properties.mark_hidden:
        label = reading.numbering.next_label(properties.number, inline.style_id, reading.styles)
    inherited = reading.styles.of(inline.style_id)
    outline = inherited.outline if properties.outline is None else properties.outline
    return Paragraph(
        label.before(text) if label else text,
        label.text if label else None,
        outline if outline is not None and 0 <= outline < BODY_TEXT else None,
        inline.in_contents or not _CONTENTS.isdisjoint(inherited.names),
        inline,
    )


@dataclass(slots=True)
class Gathered:
    """Text taken together from paragraphs and tables, and what hangs on it."""

    lines: list[str] = field(default_factory=list)
    page: int | None = None
    inlines: list[Inline] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines that show something."""
        return "\n".join(line for line in self.lines if line.strip())


def gather(container: Element, reading: Reading) -> Gathered:
    """Return a cell's, header's or note's text: paragraphs a line each, tables a row a line, text boxes after them."""
    found = Gathered()
    for item in items(container, reading):
        if item.paragraph is None:
            found.lines += _rows(item.element, reading, found)
            continue
        inline = item.paragraph.inline
        found.lines.append(item.paragraph.text)
        found.inlines.append(inline)
        if found.page is None and item.paragraph.text.strip():
            found.page = inline.page
        found.lines += [line for box in inline.boxes for line in box_lines(box, reading)]
    return found


def by_rows(cells: Sequence[GridCell], pages: Pages) -> Iterator[GridCell]:
    """Yield the cells to be read, and keep the page: cells of a row that a page breaks are each marked at the break."""
    for _, group in groupby(cells, key=lambda cell: cell.row):
        row = list(group)
        start = furthest = pages.number
        led = False
        for cell in row:
            pages.number, pages.fresh = start, led
            yield cell
            furthest = max(furthest, pages.number)
            if cell is row[0] and _begins_page(cell.element):
                start, led = start + 1, True
        pages.number = furthest


def _begins_page(element: Element) -> bool:
    first = next(element.iter(W + "lastRenderedPageBreak", W + "t"), None)
    return first is not None and first.tag == W + "lastRenderedPageBreak"


def _rows(table: Element, reading: Reading, into: Gathered) -> Iterator[str]:
    """Yield a table's rows as lines, the cells separated by tabs."""
    row: int | None = None
    texts: list[str] = []
    for cell in by_rows(grid(table), reading.story.pages):
        if cell.row != row and texts:
            yield "\t".join(texts)
            texts = []
        row = cell.row
        inner = gather(cell.element, reading)
        into.inlines += inner.inlines
        into.page = inner.page if into.page is None else into.page
        texts.append(inner.text)
    if texts:
        yield "\t".join(texts)


def box_lines(box: Element, reading: Reading) -> list[str]:
    """Return the lines of a text box, or the lettering of a drawing."""
    if box.tag == VML + "textpath":
        return [str(box.get("string", ""))]
    return gather(box, apart(reading)).lines
