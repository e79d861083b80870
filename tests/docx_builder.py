"""Word files out of XML fragments: ``docx(p("正文"), table(row("甲", "1")))`` are the bytes of a file."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from extract.document import Document
from extract.docx import load
from extract.options import LoadOptions

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": f"{OFFICE}/relationships",
    "m": f"{OFFICE}/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
STRICT = {
    **NAMESPACES,
    "w": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "r": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def part(root: str, inner: str, namespaces: Mapping[str, str] = NAMESPACES) -> str:
    """An XML part with every namespace declared."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {declared}>{inner}</w:{root}>'


def relationships(targets: Mapping[str, tuple[str, str]], base: str = f"{OFFICE}/relationships") -> str:
    """A relationships part: id → (kind, target)."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{escape(target)}"/>'
        for key, (kind, target) in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
    )


def docx(
    *body: str,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    related: Mapping[str, tuple[str, str]] | None = None,
    strict: bool = False,
    content_type: str = MAIN,
) -> bytes:
    """A Word file's bytes. ``parts`` are further members; ``related`` further relationships of the document."""
    namespaces = STRICT if strict else NAMESPACES
    targets = dict(related or {})
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(content_type),
        "_rels/.rels": relationships({"rId1": ("officeDocument", "word/document.xml")}, namespaces["r"]),
        "word/document.xml": part("document", f"<w:body>{''.join(body)}</w:body>", namespaces),
    }
    for kind, inner in (
        ("styles", styles),
        ("numbering", numbering),
        ("footnotes", footnotes),
        ("endnotes", endnotes),
    ):
        if inner:
            members[f"word/{kind}.xml"] = part(kind, inner, namespaces)
            targets[kind] = (kind, f"{kind}.xml")
    members["word/_rels/document.xml.rels"] = relationships(targets, namespaces["r"])
    return zipped({**members, **(parts or {})})


def content_types(main: str) -> str:
    """The types of the parts that the builder writes."""
    kinds = {"document": main} | {
        kind: f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        for kind in ("styles", "numbering", "footnotes", "endnotes")
    }
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{content_type}"/>' for kind, content_type in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file's bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def read(*body: str, options: LoadOptions | None = None, **more: object) -> Document:
    """The document that a Word file of these fragments gives."""
    return load(Path("report.docx"), docx(*body, **more), options or LoadOptions(ocr="off"))  # type: ignore[arg-type]


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str, properties: str = "") -> str:
    """A run; ``properties`` is what stands in its ``w:rPr``."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{t(text)}</w:r>" if properties else f"<w:r>{t(text)}</w:r>"


def p(*inner: str, style: str = "", num: str = "", level: int | None = 0, properties: str = "") -> str:
    """A paragraph of runs; a plain text becomes a run. ``num`` is the list it is numbered by."""
    if style:
        properties = f'<w:pStyle w:val="{style}"/>' + properties
    if num:
        where = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        properties += f'<w:numPr>{where}<w:numId w:val="{num}"/></w:numPr>'
    runs = "".join(item if item.startswith("<") else r(item) for item in inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>" if properties else f"<w:p>{runs}</w:p>"


def tc(*inner: str, span: int = 1, merge: str = "", properties: str = "") -> str:
    """A cell of paragraphs (or texts); ``merge`` is ``restart`` or ``continue``."""
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if merge:
        properties += f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>"
    blocks = "".join(item if item.startswith("<") else p(item) for item in inner) or p()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells (or texts)."""
    inner = "".join(item if item.startswith(("<w:tc", "<w:sdt")) else tc(item) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>" if properties else f"<w:tr>{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def field(instruction: str, result: str | None = None, form: str = "") -> str:
    """A complex field as runs; without a result it has no ``separate`` mark."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    code = f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return f'{begin}{code}{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def style(style_id: str, inner: str = "", name: str = "", kind: str = "paragraph", default: bool = False) -> str:
    flag = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"{flag}><w:name w:val="{name or style_id}"/>{inner}</w:style>'
    )


def lvl(level: int, number_format: str, text: str, inner: str = "", start: int | None = 1) -> str:
    """A list's level; ``inner`` is what else it says (``w:suff``, ``w:isLgl``, ``w:lvlRestart``, ``w:pStyle``)."""
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{level}">{begin}<w:numFmt w:val="{number_format}"/>{inner}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def abstract(key: int, *levels: str, inner: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{inner}{"".join(levels)}</w:abstractNum>'


def num(num_id: int, key: int, *overrides: str) -> str:
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{key}"/>{"".join(overrides)}</w:num>'


def override(level: int, inner: str = "", start: int | None = None) -> str:
    begin = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{level}">{begin}{inner}</w:lvlOverride>'


def texts(document: Document) -> list[str]:
    """The texts of the blocks, one after another."""
    return [block.text for block in document.blocks]
