"""pdfium's smallest functions, bound anew: they are called for every character and every line of a page.

A handle is a plain address here (``address`` gives it), and Python's lock is kept during the call: both together halve
what a call costs. Whoever holds an address keeps the pypdfium2 object that it belongs to.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_int, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as pdfium


def address(handle: Any) -> int:
    """Return the address that one of pypdfium2's handles holds."""
    return ctypes.cast(handle, c_void_p).value or 0


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., int]:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


loose_char_box = _bound(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
char_is_generated = _bound(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
char_is_unmapped = _bound(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)

page_object = _bound(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
form_object = _bound(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
object_kind = _bound(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
object_matrix = _bound(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
fill_colour = _bound(pdfium.FPDFPageObj_GetFillColor, c_int, c_void_p, *[c_void_p] * 4)
stroke_colour = _bound(pdfium.FPDFPageObj_GetStrokeColor, c_int, c_void_p, *[c_void_p] * 4)
draw_mode = _bound(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
count_segments = _bound(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
path_segment = _bound(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_kind = _bound(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
segment_point = _bound(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
segment_closes = _bound(pdfium.FPDFPathSegment_GetClose, c_int, c_void_p)
