"""A PDF page's coordinates, and what is drawn on it: counted through pdfium before anything is read."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field

import pypdfium2 as pdf
import pypdfium2.raw as pdfium

from extract.document import BBox
from extract.layout import IDENTITY, Matrix, after, apply

_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Path:
    """A path object, with the matrix from its own coordinates to the page's."""

    raw: pdfium.FPDF_PAGEOBJECT
    matrix: Matrix


@dataclass(slots=True)
class Objects:
    """What is drawn on a page: pieces of text (``hidden`` of them invisible), paths, and where pictures lie.

    The pictures' boxes are in the page's own coordinates: (left, bottom, right, top).
    """

    texts: int = 0
    hidden: int = 0
    paths: list[Path] = field(default_factory=list)
    pictures: list[BBox] = field(default_factory=list)


def page_matrix(page: pdf.PdfPage) -> Matrix:
    """Return the matrix from the page's own coordinates to points from the upper left corner as it is shown."""
    width, height = page.get_size()
    fine = 100
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(px: float, py: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, round(width * fine), round(height * fine), 0, px, py, x, y)
        return x.value / fine, y.value / fine

    (e, f), (ax, ay), (bx, by) = shown(0, 0), shown(1000, 0), shown(0, 1000)
    return (
        round((ax - e) / 1000, 4),
        round((ay - f) / 1000, 4),
        round((bx - e) / 1000, 4),
        round((by - f) / 1000, 4),
        e,
        f,
    )


def _own_matrix(raw: pdfium.FPDF_PAGEOBJECT, container: Matrix) -> Matrix:
    holder = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, holder):
        return container
    own = (holder.a, holder.b, holder.c, holder.d, holder.e, holder.f)
    return own if container == IDENTITY else after(own, container)


def _bounds(raw: pdfium.FPDF_PAGEOBJECT, container: Matrix) -> BBox | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(raw, left, bottom, right, top):
        return None
    return apply(container, (left.value, bottom.value, right.value, top.value))


def probe(page: pdf.PdfPage) -> Objects:
    """Return what is drawn on ``page``, the forms inside it included."""
    found = Objects()
    texts = _collect(page.raw, found, IDENTITY, 0)
    found.texts = len(texts)
    if found.pictures:  # only under a picture can text be meant not to be seen
        invisible = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        found.hidden = sum(pdfium.FPDFTextObj_GetTextRenderMode(raw) == invisible for raw in texts)
    return found


def _collect(
    holder: pdfium.FPDF_PAGE | pdfium.FPDF_PAGEOBJECT, found: Objects, matrix: Matrix, depth: int
) -> list[pdfium.FPDF_PAGEOBJECT]:
    """Add the paths and pictures in ``holder`` to ``found``; return its pieces of text."""
    get = pdfium.FPDFFormObj_GetObject if depth else pdfium.FPDFPage_GetObject
    count = pdfium.FPDFFormObj_CountObjects(holder) if depth else pdfium.FPDFPage_CountObjects(holder)
    kind_of = pdfium.FPDFPageObj_GetType
    texts = []
    for index in range(count):
        raw = get(holder, index)
        kind = kind_of(raw)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(raw)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.paths.append(Path(raw, _own_matrix(raw, matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(raw, matrix)
            if box is not None:
                found.pictures.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            texts += _collect(raw, found, _own_matrix(raw, matrix), depth + 1)
    return texts
