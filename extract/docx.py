"""Word: the walk over a .docx (also .docm and .dotx, whose macros are never looked at) in the order it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extract.document import Block, Cell, Document, Notice, Place, assemble
from extract.docx_pictures import Picture, picture_of, read_scans
from extract.docx_reading import Item, Paragraph, Reading, apart, begin, box_lines, by_rows, gather, items, stated_pages
from extract.docx_table import GridCell, grid
from extract.docx_text import VML, Inline, Pages
from extract.errors import DamagedError, TooLargeError
from extract.ooxml_package import Element, Package, R, W
from extract.options import LoadOptions
from extract.sniff import DOCX

_TITLES = frozenset(("title", "标题"))


def load(path: Path, data: bytes, options: LoadOptions) -> Document:
    """Return the document as Word shows it with every tracked change accepted.

    Automatic numbers stand at the head of their paragraph; footnotes after the paragraph or table that refers to them.
    Pages are those that Word left marks of; None where it left none.
    """
    package = Package(data)
    root = package.xml(package.main)
    if root.find(W + "body") is None:
        raise DamagedError("the Word file has no body", "open it in Word, let it repair it, save it")
    reading = begin(package, root)
    shown: dict[str, Picture] = {}
    try:
        blocks = list(_blocks(root, "body", reading, shown))
        margins = tuple(_margins(reading))
    except RecursionError as error:
        raise TooLargeError("the Word file is nested beyond reason", "look whether it was made to do harm") from error
    pages = _pages(reading.story.pages, package)
    if pages is None and reading.story.pages.told:
        blocks = [_without_page(block) for block in blocks]
    read = read_scans(blocks, shown, reading, options)
    return assemble(
        read.blocks,
        file=str(path),
        sha256="",
        media_type=DOCX,
        warnings=(*_notices(reading), *read.warnings),
        pages=pages,
        ocr_pages=read.ocr_pages,
        margins=(*margins, *read.margins),
    )


def _blocks(container: Element, where: str, reading: Reading, shown: dict[str, Picture]) -> Iterator[Block]:
    """Yield what a body, text box or flattened cell holds; ``shown`` takes up the pictures, by their block's path."""
    for item in items(container, reading):
        place = f"{where}/{item.name}"
        if item.paragraph is None:
            yield from _table(item.element, place, reading, shown)
            continue
        if item.paragraph.inline.text.strip():  # a number without text is counted and left out
            yield _text_block(item.paragraph, place, reading)
        yield from _boxes(item.paragraph.inline, place, reading, shown)
        yield from _attached(item.paragraph.inline, place, reading, shown)
        _end_section(item, reading)


def _text_block(one: Paragraph, where: str, reading: Reading) -> Block:
    if one.in_contents:
        where = where.replace("/", "/contents/", 1)
    titled = one.outline is not None or not _TITLES.isdisjoint(reading.styles.of(one.inline.style_id).names)
    heading = titled and not one.in_contents
    return Block(
        "heading" if heading else "paragraph",
        one.text,
        Place(where, one.inline.page),
        level=one.outline + 1 if heading and one.outline is not None else None,
        number=one.number,
    )


def _boxes(inline: Inline, where: str, reading: Reading, shown: dict[str, Picture]) -> Iterator[Block]:
    """Yield the text boxes that are anchored in a paragraph."""
    for ordinal, box in enumerate(inline.boxes, start=1):
        inside = f"{where}/text box {ordinal}"
        if box.tag == VML + "textpath":
            place = Place(inside, inline.page)
            yield from (Block("paragraph", line, place) for line in box_lines(box, reading) if line.strip())
        else:
            yield from _blocks(box, inside, apart(reading), shown)


def _attached(inline: Inline, where: str, reading: Reading, shown: dict[str, Picture]) -> Iterator[Block]:
    """Yield the pictures of a paragraph and the notes that it refers to."""
    ordinal = 0
    for graphic in inline.graphics:
        if (picture := picture_of(graphic, reading)) is not None:
            ordinal += 1
            place = Place(f"{where}/picture {ordinal}", inline.page)
            shown[place.path] = picture
            yield Block("picture", "", place)
    for key in inline.notes:
        note = reading.notes.get(key)
        if note is None:
            reading.lost.append(f"{key[0]} {key[1]} is referred to and missing")
            continue
        kind = key[0]
        number = reading.note_numbers.setdefault(key, 1 + sum(other[0] == kind for other in reading.note_numbers))
        for line in gather(note, apart(reading)).lines:
            if line.strip():
                yield Block("paragraph", line.strip(), Place(f"{kind} {number}", inline.page))


def _table(element: Element, where: str, reading: Reading, shown: dict[str, Picture]) -> Iterator[Block]:
    """Yield a table; one of a single column has no heads and values: it is a box around text."""
    cells = grid(element)
    if all(cell.col == 0 and cell.colspan == 1 for cell in cells):
        for cell in cells:
            inside = where if len(cells) == 1 else f"{where} row {cell.row + 1}"
            yield from _blocks(cell.element, inside, reading, shown)
        return
    read: list[Cell] = []
    inlines: list[tuple[Inline, str]] = []
    for cell in by_rows(cells, reading.story.pages):
        place = f"{where} row {cell.row + 1} cell {cell.ordinal}"
        gathered = gather(cell.element, reading)
        page = reading.story.pages.current if gathered.page is None else gathered.page
        read.append(_cell(cell, gathered.text, Place(place, page)))
        inlines += [(inline, place) for inline in gathered.inlines]
    if any(cell.text for cell in read):
        yield Block("table", "", Place(where, read[0].place.page), cells=tuple(read))
    for inline, place in inlines:
        yield from _attached(inline, place, reading, shown)


def _cell(cell: GridCell, text: str, place: Place) -> Cell:
    return Cell(cell.row, cell.col, text, place, cell.rowspan, cell.colspan)


def _end_section(item: Item, reading: Reading) -> None:
    """Go to the next page where the paragraph ends a section and the one that follows begins a page."""
    section = item.paragraph.inline.properties.section if item.paragraph else None
    if section is None:
        return
    following = reading.sections.index(section) + 1
    if following < len(reading.sections):
        kind = reading.sections[following].find(W + "type")
        if kind is None or kind.get(W + "val", "nextPage") != "continuous":
            reading.story.pages.force()


def _margins(reading: Reading) -> Iterator[Block]:
    """Yield running heads and feet, each part once."""
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    for section in reading.sections:
        for reference in section.iterchildren(W + "headerReference", W + "footerReference"):
            item = reading.relationships.get(reference.get(R + "id", ""))
            if item is None or item.target is None or item.target in seen or item.target not in reading.package:
                continue
            seen.add(item.target)
            counts[item.kind] += 1
            try:
                root = reading.package.xml(item.target)
            except DamagedError as error:
                reading.lost.append(error.what)
                continue
            for line in gather(root, apart(reading)).lines:
                if line.strip():
                    yield Block("paragraph", line, Place(f"{item.kind} {counts[item.kind]}"))


def _pages(pages: Pages, package: Package) -> int | None:
    """Return how many pages the text takes; None where that cannot be told.

    Word leaves a mark where it began a page. Without such marks the breaks that the author set are the pages only if
    they come to the number that the file states of itself.
    """
    if pages.told and pages.rendered:
        return pages.number
    return pages.number if pages.forced and stated_pages(package) == pages.number else None


def _without_page(block: Block) -> Block:
    cells = tuple(replace(cell, place=replace(cell.place, page=None)) for cell in block.cells)
    return replace(block, place=replace(block.place, page=None), cells=cells)


def _notices(reading: Reading) -> Iterator[Notice]:
    """Yield what was read with a loss or a choice."""
    seen = reading.story.seen
    if seen["inserted"] or seen["deleted"]:
        message = f"tracked changes: {seen['inserted']} insertions kept, {seen['deleted']} deletions left out"
        yield Notice("tracked_changes", message)
    if seen["hidden"]:
        yield Notice("hidden_text", f"hidden text left out in {seen['hidden']} places")
    if seen["symbol"]:
        yield Notice("symbol", f"{seen['symbol']} symbols without a code left out")
    if seen["chunk"]:
        yield Notice("embedded_file", f"{seen['chunk']} files that Word would merge in were not read")
    for what in reading.lost:
        yield Notice("lost_part", what)
