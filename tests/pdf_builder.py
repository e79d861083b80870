"""A small language for PDFs: pages of text, lines and pictures, written as the bytes of a file.

Coordinates are points from the page's upper left corner, as in ``Place.bbox``. Text is set in STSong-Light, a font that
every PDF program knows by its character set, so that nothing is embedded: Chinese characters are an em wide, others
half of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

A4 = (595.0, 842.0)


def advance(text: str, size: float) -> float:
    """Return how wide ``text`` is set."""
    return sum(size if ord(char) > 0x2E7F or char in "“”‘’—…" else size / 2 for char in text)


@dataclass
class Page:
    """One page; every method returns the page, so that calls can be chained."""

    size: tuple[float, float] = A4
    rotate: int = 0
    operators: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)

    def text(self, x: float, top: float, text: str, size: float = 12.0, *, angle: str = "", mode: int = 0) -> Page:
        """Set ``text`` with its em box at (x, top). ``angle`` is a PDF matrix "a b c d" instead of upright."""
        y = self.size[1] - top - 0.88 * size
        encoded = text.encode("utf-16-be").hex()
        self.operators.append(f"BT /F1 {size} Tf {mode} Tr {angle or '1 0 0 1'} {x} {y:.2f} Tm <{encoded}> Tj ET")
        return self

    def lines(self, x: float, top: float, lines: Sequence[str], size: float = 12.0, pitch: float = 20.0) -> Page:
        """Set lines below one another."""
        for index, line in enumerate(lines):
            self.text(x, top + index * pitch, line, size)
        return self

    def rule(self, x0: float, top: float, x1: float, bottom: float, width: float = 0.5) -> Page:
        """Draw a straight line."""
        height = self.size[1]
        self.operators.append(f"{width} w {x0} {height - top} m {x1} {height - bottom} l S")
        return self

    def bar(self, x0: float, top: float, x1: float, bottom: float, fill: str = "0 0 0") -> Page:
        """Fill a rectangle: as a thin bar it is how Word draws the borders of a table."""
        self.operators.append(f"q {fill} rg {x0} {self.size[1] - bottom} {x1 - x0} {bottom - top} re f Q")
        return self

    def table(
        self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], size: float = 10.0
    ) -> Page:
        """Draw a full grid with one line of text in each cell."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for row, texts in enumerate(rows):
            for col, text in enumerate(texts):
                if text:
                    self.text(xs[col] + 4, ys[row] + 4, text, size)
        return self

    def picture(self, image: Image.Image, box: tuple[float, float, float, float]) -> Page:
        """Place a picture in the box (x0, top, x1, bottom)."""
        out = BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=90)
        self.pictures.append(out.getvalue())
        x0, top, x1, bottom = box
        name = f"/Im{len(self.pictures)}"
        self.operators.append(f"q {x1 - x0} 0 0 {bottom - top} {x0} {self.size[1] - bottom} cm {name} Do Q")
        return self


def build(*pages: Page, to_unicode: bool = True) -> bytes:
    """Return the bytes of a PDF with ``pages``. Without ``to_unicode`` the font's codes mean nothing."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(objects)

    def stream(data: bytes, entries: str) -> int:
        return add(f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")

    add("")  # the catalogue and the page tree come first, and are filled in below
    add("")
    encoding = "/UniGB-UCS2-H" if to_unicode else "/Identity-H"
    ordering = "GB1" if to_unicode else "Identity"
    descriptor = add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    descendant = add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >>"
        f" /FontDescriptor {descriptor} 0 R /DW 1000 /W [1 95 500 814 939 500] >>"
    )
    font = add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding {encoding}"
        f" /DescendantFonts [{descendant} 0 R] >>"
    )
    kids = []
    for page in pages:
        names = []
        for index, jpeg in enumerate(page.pictures, 1):
            width, height = Image.open(BytesIO(jpeg)).size
            entries = (
                f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
                " /BitsPerComponent 8 /Filter /DCTDecode"
            )
            names.append(f"/Im{index} {stream(jpeg, entries)} 0 R")
        content = stream(zlib.compress("\n".join(page.operators).encode("latin-1")), "/Filter /FlateDecode")
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.size[0]} {page.size[1]}] /Rotate {page.rotate}"
                f" /Resources << /Font << /F1 {font} 0 R >> /XObject << {' '.join(names)} >> >>"
                f" /Contents {content} 0 R >>"
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    tree = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{tree}] /Count {len(kids)} >>".encode()
    out = BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets))
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()
