"""A PDF page's coordinates, and what is drawn on it: counted through pdfium before anything is read."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field

import pypdfium2 as pdf
import pypdfium2.raw as pdfium

from extract.document import BBox
from extract.layout import IDENTITY, Matrix, after, apply
from extract.pdf_calls import address, form_object, object_kind, object_matrix, page_object

_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Path:
    """A path object (its address), with the matrix from its own coordinates to the page's."""

    raw: int
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


def _own_matrix(raw: int, container: Matrix) -> Matrix:
    holder = pdfium.FS_MATRIX()
    if not object_matrix(raw, ctypes.addressof(holder)):
        return container
    own = (holder.a, holder.b, holder.c, holder.d, holder.e, holder.f)
    return own if container == IDENTITY else after(own, container)


def _handle(raw: int) -> pdfium.FPDF_PAGEOBJECT:
    return ctypes.cast(raw, pdfium.FPDF_PAGEOBJECT)


def _bounds(raw: int, container: Matrix) -> BBox | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(_handle(raw), left, bottom, right, top):
        return None
    return apply(container, (left.value, bottom.value, right.value, top.value))


def probe(page: pdf.PdfPage) -> Objects:
    """Return what is drawn on ``page``, the forms inside it included."""
    found = Objects()
    texts = _collect(address(page.raw), pdfium.FPDFPage_CountObjects(page.raw), found, IDENTITY, 0)
    found.texts = len(texts)
    if found.pictures:  # only under a picture can text be meant not to be seen
        invisible = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        found.hidden = sum(pdfium.FPDFTextObj_GetTextRenderMode(_handle(raw)) == invisible for raw in texts)
    return found


def _collect(holder: int, count: int, found: Objects, matrix: Matrix, depth: int) -> list[int]:
    """Add the paths and pictures among the ``count`` objects of ``holder`` to ``found``; return its pieces of text."""
    get = form_object if depth else page_object
    objects = [get(holder, index) for index in range(count)]
    kinds = list(map(object_kind, objects))
    texts = [raw for raw, kind in zip(objects, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_TEXT]
    if len(texts) == count:
        return texts
    for raw, kind in zip(objects, kinds, strict=True):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.paths.append(Path(raw, _own_matrix(raw, matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(raw, matrix)
            if box is not None:
                found.pictures.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = pdfium.FPDFFormObj_CountObjects(_handle(raw))
            texts += _collect(raw, inner, found, _own_matrix(raw, matrix), depth + 1)
    return texts
