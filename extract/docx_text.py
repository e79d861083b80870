"""The text of one paragraph: runs, fields, symbols, breaks, tracked changes, and what is anchored in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from extract import docx_symbols
from extract.docx_fields import Field, without_result
from extract.docx_math import MATH, equation
from extract.docx_numbering import font_of
from extract.docx_properties import ParagraphProperties, paragraph_properties, run_properties
from extract.docx_styles import Styles
from extract.ooxml_package import MC, Element, W

VML: Final = "{urn:schemas-microsoft-com:vml}"
PRESERVED: Final = "{http://www.w3.org/XML/1998/namespace}space"

DELETED: Final = frozenset((W + "del", W + "moveFrom"))
INSERTED: Final = frozenset((W + "ins", W + "moveTo"))
_UNSHOWN: Final = frozenset(
    W + tag
    for tag in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr"),
        *("rt", "delText", "delInstrText", "softHyphen"),
    )
)
_SPACE: Final = re.compile(r"[\t\r\n]")
_DRAWN: Final = re.compile("[\0-\xff\uf000-\uf0ff]")  # what a symbol font draws as something else


@dataclass(slots=True)
class Pages:
    """The page that the reading has come to, as far as the file says; ``told``: whether it says anything."""

    told: bool = True
    number: int = 1
    rendered: bool = False
    forced: int = 0
    fresh: bool = False
    """A break was just met: Word's own mark after it means the same page."""

    @property
    def current(self) -> int | None:
        """The page, None where the file tells nothing of pages."""
        return self.number if self.told else None

    def force(self) -> None:
        """Go to the next page at a break that the author set."""
        self.number += 1
        self.forced += 1
        self.fresh = True

    def render(self) -> None:
        """Go to the next page at a mark that Word left when it laid the text out."""
        self.rendered = True
        if not self.fresh:
            self.number += 1
        self.fresh = False


@dataclass(slots=True)
class Story:
    """What outlives a paragraph: open fields, the page, and counts for the notices."""

    styles: Styles
    pages: Pages
    seen: Counter[str] = field(default_factory=Counter)
    fields: list[Field] = field(default_factory=list)

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents is being shown."""
        return any("".join(item.instruction).split()[:1] == ["TOC"] for item in self.fields)


@dataclass(slots=True)
class Inline:
    """One paragraph, read: its text, the page it begins on, and what hangs on it."""

    properties: ParagraphProperties
    style_id: str | None
    parts: list[str] = field(default_factory=list)
    page: int | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    graphics: list[Element] = field(default_factory=list)
    in_contents: bool = False
    fonts: Element | None = None
    hidden: bool = False

    @property
    def text(self) -> str:
        """The text without a line feed at its end."""
        return "".join(self.parts).rstrip("\n")


def read_paragraph(paragraph: Element, story: Story) -> Inline:
    """Return the paragraph's text as Word shows it with every tracked change accepted."""
    properties = paragraph_properties(paragraph)
    if properties.begins_page:
        story.pages.force()
    style_id = properties.style if properties.style in story.styles.by_id else story.styles.default
    inline = Inline(properties, style_id, in_contents=story.in_contents)
    _children(paragraph, inline, story)
    if any(not item.in_result for item in story.fields):  # no instruction goes over a paragraph: its end is lost
        inline.parts += [text for item in story.fields for text in item.held]
        story.fields.clear()
    if inline.page is None:
        inline.page = story.pages.current
    return inline


def chosen(alternate: Element) -> Element:
    """Return one branch of several that say the same: the first that holds something."""
    branches = list(alternate.iterchildren(MC + "Choice", MC + "Fallback"))
    return next((branch for branch in branches if len(branch)), branches[0] if branches else alternate)


def _children(element: Element, inline: Inline, story: Story) -> None:
    """Read what may stand in a paragraph: runs, and whatever wraps them."""
    for child in element:
        tag = child.tag
        if tag == W + "r":
            _run(child, inline, story)
        elif tag in DELETED:
            story.seen["deleted"] += 1
        elif tag == MC + "AlternateContent":
            _children(chosen(child), inline, story)
        elif tag == W + "fldSimple":
            _simple_field(child, inline, story)
        elif isinstance(tag, str) and tag.startswith(MATH):
            _say(equation(child), inline, story)
        elif isinstance(tag, str) and tag not in _UNSHOWN:
            story.seen["inserted"] += tag in INSERTED
            _children(child, inline, story)


def _simple_field(element: Element, inline: Inline, story: Story) -> None:
    before = len(inline.parts)
    _children(element, inline, story)
    if len(inline.parts) == before:
        _say(without_result(element.get(W + "instr", ""), element.find(W + "ffData")), inline, story)


def _run(run: Element, inline: Inline, story: Story) -> None:
    style, vanish, inline.fonts = run_properties(run)
    if vanish is None:
        vanish = story.styles.of(inline.style_id).vanish
        if style is not None:  # each of two styles that hide undoes the other
            vanish = vanish != story.styles.of(style).vanish
    inline.hidden = vanish
    _content(run, inline, story)
    inline.hidden = False


def _content(run: Element, inline: Inline, story: Story) -> None:
    """Read what may stand in a run."""
    for child in run:
        handler = _IN_RUN.get(child.tag)
        if handler is not None:
            handler(child, inline, story)
        elif isinstance(child.tag, str) and child.tag not in _UNSHOWN:
            _content(child, inline, story)


def _say(text: str, inline: Inline, story: Story) -> None:
    """Add text where it is shown: not hidden, not in a field's instruction."""
    if not text:
        return
    if inline.hidden:
        story.seen["hidden"] += bool(text.strip())
        return
    for item in story.fields:
        if not item.in_result:
            item.held.append(text)
            return
        item.said = True
    if text.strip():
        story.pages.fresh = False
        if inline.page is None:
            inline.page = story.pages.current
    inline.parts.append(text)


def _text(element: Element, inline: Inline, story: Story) -> None:
    text = element.text or ""
    if text[:1].isspace() or text[-1:].isspace():
        spaces = (item.get(PRESERVED) for item in (element, *element.iterancestors()))
        if next((space for space in spaces if space), "default") != "preserve":
            text = text.strip(" \t\r\n")
    if _DRAWN.search(text) is not None:
        text = docx_symbols.shown(font_of(inline.fonts), _SPACE.sub(" ", text))
    _say(text, inline, story)


def _break(element: Element, inline: Inline, story: Story) -> None:
    if element.get(W + "type") != "page":
        _say("\n", inline, story)
    elif not inline.hidden:
        story.pages.force()
        if inline.parts:
            inline.parts.append("\n")


def _symbol(element: Element, inline: Inline, story: Story) -> None:
    code = element.get(W + "char", "")
    if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        _say(docx_symbols.character(element.get(W + "font"), int(code, 16)), inline, story)
    else:
        story.seen["symbol"] += 1


def _field_mark(element: Element, inline: Inline, story: Story) -> None:
    kind = element.get(W + "fldCharType")
    if kind == "begin":
        story.fields.append(Field(element.find(W + "ffData")))
    elif story.fields and kind == "separate":
        story.fields[-1].in_result = True
    elif story.fields and kind == "end":
        ended = story.fields.pop()
        if not ended.said:
            _say(ended.drawn(), inline, story)


def _instruction(element: Element, _: Inline, story: Story) -> None:
    if story.fields and not story.fields[-1].in_result:
        story.fields[-1].instruction.append(element.text or "")


def _note(element: Element, inline: Inline, _: Story) -> None:
    if not inline.hidden:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        inline.notes.append((kind, element.get(W + "id", "")))


def _graphic(element: Element, inline: Inline, _: Story) -> None:
    """Note the text boxes of a drawing, each once, and the drawing itself."""
    if not inline.hidden:
        inline.boxes += _boxes(element)
        inline.graphics.append(element)


def _boxes(element: Element) -> list[Element]:
    """Return the outermost text boxes below an element, one branch of each alternative; and lettering of VML."""
    found: list[Element] = []
    for child in element:
        if child.tag in (W + "txbxContent", VML + "textpath"):
            found.append(child)
        elif isinstance(child.tag, str):
            found += _boxes(chosen(child) if child.tag == MC + "AlternateContent" else child)
    return found


def _ruby(element: Element, inline: Inline, story: Story) -> None:
    """Read the base; the reading above it is a help, not the text."""
    fonts, hidden = inline.fonts, inline.hidden
    for base in element.iterchildren(W + "rubyBase"):
        _children(base, inline, story)
    inline.fonts, inline.hidden = fonts, hidden


Handler = Callable[[Element, Inline, Story], None]
_IN_RUN: Final[dict[str, Handler]] = {
    W + "t": _text,
    W + "tab": lambda _, inline, story: _say("\t", inline, story),
    W + "ptab": lambda _, inline, story: _say("\t", inline, story),
    W + "cr": lambda _, inline, story: _say("\n", inline, story),
    W + "noBreakHyphen": lambda _, inline, story: _say("-", inline, story),
    W + "br": _break,
    W + "sym": _symbol,
    W + "fldChar": _field_mark,
    W + "instrText": _instruction,
    W + "lastRenderedPageBreak": lambda _, __, story: story.pages.render(),
    W + "footnoteReference": _note,
    W + "endnoteReference": _note,
    W + "drawing": _graphic,
    W + "pict": _graphic,
    W + "object": _graphic,
    W + "ruby": _ruby,
    MC + "AlternateContent": lambda element, inline, story: _content(chosen(element), inline, story),
}
