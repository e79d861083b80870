"""Real Word numbering: 一、 through a style, （一） and 1. set on the paragraphs themselves."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

NUM_ID = 71
LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def element(tag: str, **attributes: str):  # type: ignore[no-untyped-def]  # python-docx has no types here
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def define(document: Document) -> None:
    """Put the three-level list into the document's numbering part, and tie level one to the style Heading 1."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    abstract = element("w:abstractNum", abstractNumId="7")
    abstract.append(element("w:multiLevelType", val="multilevel"))
    for index, (form, pattern) in enumerate(LEVELS):
        level = element("w:lvl", ilvl=str(index))
        level.append(element("w:start", val="1"))
        level.append(element("w:numFmt", val=form))
        if index == 0:
            level.append(element("w:pStyle", val="Heading1"))
        level.append(element("w:suff", val="nothing"))
        level.append(element("w:lvlText", val=pattern))
        level.append(element("w:lvlJc", val="left"))
        abstract.append(level)
    root.append(abstract)
    number = element("w:num", numId=str(NUM_ID))
    number.append(element("w:abstractNumId", val="7"))
    root.append(number)
    _put(document.styles["Heading 1"].element.get_or_add_pPr(), properties(0))


def properties(level: int):  # type: ignore[no-untyped-def]
    made = element("w:numPr")
    made.append(element("w:ilvl", val=str(level)))
    made.append(element("w:numId", val=str(NUM_ID)))
    return made


def number(paragraph: Paragraph, level: int) -> None:
    """Give ``paragraph`` the automatic number of ``level`` (0 the highest) directly."""
    _put(paragraph._p.get_or_add_pPr(), properties(level))


def _put(paragraph_properties, number_properties) -> None:  # type: ignore[no-untyped-def]
    """Insert at the place that the schema gives: Word refuses another order."""
    paragraph_properties.insert_element_before(
        number_properties, "w:pBdr", "w:shd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def dress(paragraph: Paragraph) -> None:
    """Give the automatic number the looks of the paragraph's first run: Word keeps them on the paragraph mark."""
    looks = paragraph.runs[0]._r.rPr
    if looks is not None:
        paragraph._p.get_or_add_pPr().append(deepcopy(looks))
