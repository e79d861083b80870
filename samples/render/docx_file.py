"""Blocks to a Word file laid out like an official document; the same blocks always give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import docx
from content.blocks import Block, Break, Field, Gap, Heading, Para, Table, Title
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from render import numbering
from render.docx_table import add_table

MADE = datetime(2024, 1, 1)
CHANGED = re.compile(r"(\[-.*?-\]|\[\+.*?\+\])")
FIGURE = re.compile(r"([0-9][0-9.,]*)")


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font names by their part in an official document."""

    title: str
    first: str
    second: str
    body: str
    table: str


FONTS = Fonts("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UKai CN", "AR PL UMing CN", "Noto Serif CJK SC")
"""What fonts-noto-cjk and fonts-arphic-* bring, so that every machine lays the pages out alike."""
OFFICE_NAMES = {
    "Noto Serif CJK SC": "宋体",
    "Noto Sans CJK SC": "黑体",
    "AR PL UKai CN": "楷体_GB2312",
    "AR PL UMing CN": "仿宋_GB2312",
}
"""What Word takes where those fonts are missing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Margins (top, right, bottom, left) in centimetres; body size and line pitch in points."""

    margins: tuple[float, float, float, float] = (3.5, 2.6, 3.2, 2.6)
    size: float = 16
    pitch: float = 28
    page_numbers: bool = True


class Writer:
    """Appends blocks to one Word document."""

    def __init__(self, layout: Layout) -> None:
        self.fonts = FONTS
        self.layout = layout
        self.document: Document = docx.Document()
        self._new_page = False
        self._set_up()

    def _set_up(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        top, right, bottom, left = (Cm(value) for value in self.layout.margins)
        section.top_margin, section.right_margin = top, right
        section.bottom_margin, section.left_margin = bottom, left
        self.document.core_properties.created = self.document.core_properties.modified = MADE
        self.document.core_properties.author = self.document.core_properties.comments = ""
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(self.layout.size)
        set_font(normal.element.get_or_add_rPr(), self.fonts.body)
        for level in (1, 2, 3):
            style = self.document.styles[f"Heading {level}"]
            style.font.size = Pt(self.layout.size)
            style.font.bold = False
            style.font.color.rgb = RGBColor(0, 0, 0)
            set_font(style.element.get_or_add_rPr(), self._heading_font(level))
        numbering.define(self.document)
        name_fonts(self.document)
        if self.layout.page_numbers:
            self._page_numbers(section.footer.paragraphs[0])

    def _heading_font(self, level: int) -> str:
        return {1: self.fonts.first, 2: self.fonts.second}.get(level, self.fonts.body)

    def _page_numbers(self, paragraph: Paragraph) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(paragraph, "— ", self.fonts.table, 14)
        field = numbering.element("w:fldSimple", instr=" PAGE ")
        paragraph._p.append(field)
        self._run(paragraph, " —", self.fonts.table, 14)
        run = numbering.element("w:r")
        text = numbering.element("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)

    def _run(self, paragraph: Paragraph, text: str, font: str, size: float, bold: bool = False) -> Run:
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.bold = bold or None
        set_font(run._r.get_or_add_rPr(), font)
        return run

    def _text(self, paragraph: Paragraph, text: str, font: str, size: float, bold: bool = False) -> None:
        """Write ``text`` in the many runs that Word leaves behind, tracked changes included."""
        for piece in CHANGED.split(text):
            if piece.startswith("[-"):
                self._tracked(paragraph, "w:del", piece[2:-2], font, size)
            elif piece.startswith("[+"):
                self._tracked(paragraph, "w:ins", piece[2:-2], font, size)
            else:
                for part in filter(None, FIGURE.split(piece)):
                    self._run(paragraph, part, font, size, bold)

    def _tracked(self, paragraph: Paragraph, tag: str, text: str, font: str, size: float) -> None:
        run = self._run(paragraph, text, font, size)._r
        change = numbering.element(tag, id="1", author="财务股", date="2024-03-20T09:00:00Z")
        run.addprevious(change)
        change.append(run)
        if tag == "w:del":
            for old in run.findall(qn("w:t")):
                old.tag = qn("w:delText")

    def _paragraph(self, style: str | None = None) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.layout.pitch)
        form.page_break_before = self._new_page or None
        self._new_page = False
        return paragraph

    def add(self, block: Block) -> None:
        """Append one block."""
        match block:
            case Title(text, small):
                paragraph = self._paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                font = self.fonts.second if small else self.fonts.title
                paragraph.paragraph_format.line_spacing = Pt(max(self.layout.pitch, 30 if small else 36))
                self._text(
                    paragraph, text, font, self.layout.size if small else min(22, self.layout.size + 6), not small
                )
            case Heading(level, text, auto):
                self._heading(level, text, auto)
            case Para(text, align):
                self._para(text, align)
            case Field():
                self._field(block)
            case Table():
                self._table(block)
            case Gap(count):
                for _ in range(count):
                    self._paragraph()
            case Break():
                self._new_page = True

    def _heading(self, level: int, text: str, auto: bool) -> None:
        paragraph = self._paragraph("Heading 1" if level == 1 and auto else None)
        paragraph.paragraph_format.first_line_indent = Pt(2 * self.layout.size)
        paragraph.paragraph_format.keep_with_next = True
        if auto and level > 1:
            numbering.number(paragraph, level - 1)
        self._text(paragraph, text, self._heading_font(level), self.layout.size, bold=level == 3)
        if auto and level > 1:
            numbering.dress(paragraph)

    def _para(self, text: str, align: str) -> None:
        paragraph = self._paragraph()
        form = paragraph.paragraph_format
        if align == "body":
            form.first_line_indent = Pt(2 * self.layout.size)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        elif align == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            form.right_indent = Pt(2 * self.layout.size)
        elif align == "center":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._text(paragraph, text, self.fonts.body, self.layout.size)

    def _field(self, field: Field) -> None:
        paragraph = self._paragraph()
        paragraph.paragraph_format.left_indent = Cm(2)
        paragraph.paragraph_format.line_spacing = Pt(self.layout.pitch * 1.5)
        self._text(paragraph, field.label, self.fonts.body, self.layout.size)
        value = self._run(paragraph, field.value, self.fonts.body, self.layout.size)
        value.underline = True
        blank = self._run(paragraph, "　" * max(2, 16 - len(field.value)), self.fonts.body, self.layout.size)
        blank.underline = True
        if field.control:
            control, content = numbering.element("w:sdt"), numbering.element("w:sdtContent")
            control.append(numbering.element("w:sdtPr"))
            control.append(content)
            value._r.addprevious(control)
            content.append(value._r)

    def _table(self, table: Table) -> None:
        for text, font, align in ((table.caption, self.fonts.first, "center"), (table.unit, self.fonts.table, "right")):
            if text:
                paragraph = self._paragraph()
                paragraph.paragraph_format.keep_with_next = True
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if align == "center" else WD_ALIGN_PARAGRAPH.RIGHT
                self._text(paragraph, text, font, 12 if align == "center" else 10.5)
        add_table(
            self.document, table, lambda paragraph, text: self._text(paragraph, text, self.fonts.table, table.size)
        )

    def bytes(self) -> bytes:
        """Return the file, its parts in order and without the hour of making."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        out = io.BytesIO()
        with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
            for name in made.namelist():
                fixed.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def name_fonts(document: Document) -> None:
    """Write the font table: each font with the name that an office knows it by."""
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    table = numbering.element("w:fonts")
    for name, office in OFFICE_NAMES.items():
        font = numbering.element("w:font", name=name)
        font.append(numbering.element("w:altName", val=office))
        font.append(numbering.element("w:charset", val="86"))
        table.append(font)
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def set_font(properties, name: str) -> None:  # type: ignore[no-untyped-def]
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def docx_bytes(blocks: Iterable[Block], layout: Layout = Layout()) -> bytes:
    """Return the Word file that ``blocks`` make."""
    writer = Writer(layout)
    for block in blocks:
        writer.add(block)
    return writer.bytes()
