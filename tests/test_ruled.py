"""Ruled tables in pictures: the structure comes back exactly, or the table is given up; it is never guessed."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from extract.ocr_image import grey, is_blank, level_matrix, straightened, without_seals
from extract.ocr_photo import flattened, sheet
from extract.ruled import bend, find_tables, unbent

SCALE = 200 / 72
EM = 10.5
Picture = NDArray[np.uint8]
Cells = set[tuple[int, int, int, int]]


def paper(width: float = 595, height: float = 842) -> Picture:
    return np.full((round(height * SCALE), round(width * SCALE)), 245, np.uint8)


def px(value: float) -> int:
    return round(value * SCALE)


def draw(picture: Picture, xs: list[float], ys: list[float], cells: Cells, *, ink: int = 40, width: int = 2) -> None:
    """Draw the borders of ``cells`` (row, col, rowspan, colspan), and a mark like a line of text in each."""
    for row, col, rowspan, colspan in cells:
        x0, top, x1, bottom = xs[col], ys[row], xs[col + colspan], ys[row + rowspan]
        cv2.rectangle(picture, (px(x0), px(top)), (px(x1), px(bottom)), ink, width)
        if x1 - x0 > 24 and bottom - top > 12:
            middle = (top + bottom) / 2
            for x in np.arange(x0 + 5, min(x1 - 10, x0 + 60), EM):  # boxes as high and wide as characters
                cv2.rectangle(picture, (px(x + 1), px(middle - 4)), (px(x + 8), px(middle + 4)), ink, 2)


def structure(picture: Picture) -> list[Cells]:
    ruling = find_tables(picture, SCALE, EM)
    return [{(c.row, c.col, c.rowspan, c.colspan) for c in grid.cells} for grid in ruling.grids]


XS = [60.0, 150.0, 240.0, 330.0, 420.0, 540.0]
YS = [100.0, 120.0, 140.0, 165.0, 190.0, 240.0, 260.0]
MERGED: Cells = {
    (0, 0, 1, 5),
    (1, 0, 2, 1),
    (1, 1, 1, 3),
    (2, 1, 1, 1),
    (2, 2, 1, 1),
    (2, 3, 1, 1),
    (1, 4, 2, 1),
    (3, 0, 3, 1),
    *{(row, col, 1, 1) for row in (3, 4, 5) for col in (1, 2, 3, 4)},
}


def form() -> Picture:
    picture = paper()
    draw(picture, XS, YS, MERGED)
    return picture


def test_merged_cells() -> None:
    assert structure(form()) == [MERGED]


@pytest.mark.parametrize("angle", [-1.5, -0.4, 0.3, 0.9, 2.0])
def test_a_sheet_askew_is_levelled_first(angle: float) -> None:
    askew, _ = straightened(form(), -angle)
    level, _ = straightened(askew, angle)
    assert structure(level) == [MERGED]


@pytest.mark.parametrize("ink", [40, 120, 170])
def test_faded_lines(ink: int) -> None:
    picture = paper()
    draw(picture, XS, YS, MERGED, ink=ink, width=1)
    noise = np.random.default_rng(7).normal(0, 6, picture.shape)
    assert structure(np.clip(picture + noise, 0, 255).astype(np.uint8)) == [MERGED]


def test_uneven_light() -> None:
    picture = form().astype(np.float64)
    shade = (
        np.linspace(0.35, 1.0, picture.shape[1])[np.newaxis, :] * np.linspace(1.0, 0.6, picture.shape[0])[:, np.newaxis]
    )
    assert structure((picture * shade).astype(np.uint8)) == [MERGED]


def test_small_gaps_are_closed() -> None:
    picture = form()
    for x in range(70, 530, 37):
        picture[px(119) : px(121), px(x) : px(x + 2)] = 245
    for y in range(105, 255, 23):
        picture[px(y) : px(y + 2), px(149) : px(151)] = 245
    assert structure(picture) == [MERGED]


@pytest.mark.parametrize("gap", [12, 40])
def test_a_torn_line_gives_the_table_up_or_merges_two_whole_cells(gap: int) -> None:
    """A hole in a rule makes an L of two cells, which is no cell; or two neighbours one, whose text is read as one."""
    picture = form()
    picture[px(163) : px(167), px(160) : px(160 + gap)] = 245
    ruling = find_tables(picture, SCALE, EM)
    found = [{(c.row, c.col, c.rowspan, c.colspan) for c in grid.cells} for grid in ruling.grids]
    merged = (MERGED - {(2, 1, 1, 1), (3, 1, 1, 1)}) | {(2, 1, 2, 1)}
    assert ruling.given_up or found in ([MERGED], [merged])


def test_a_curled_sheet_is_made_flat() -> None:
    picture = form()
    height, width = picture.shape
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    curl = 14 * np.sin(np.arange(width, dtype=np.float32) / width * np.pi) ** 2
    curled = cv2.remap(picture, columns, rows - curl, cv2.INTER_LINEAR, borderValue=245)
    hang = bend(curled, SCALE, EM, EM)
    assert hang is not None
    assert np.ptp(hang) == pytest.approx(14, abs=5)  # the sheet's margins are beyond the rules
    assert structure(unbent(curled, hang)) == [MERGED]
    assert bend(picture, SCALE, EM, EM) is None


def test_a_table_without_outer_sides() -> None:
    picture = paper()
    for y in (100, 130, 160, 190):
        cv2.line(picture, (px(60), px(y)), (px(540), px(y)), 40, 2)
    for x in (200, 360):
        cv2.line(picture, (px(x), px(100)), (px(x), px(190)), 40, 2)
    assert structure(picture) == [{(row, col, 1, 1) for row in range(3) for col in range(3)}]


def test_prose_underlines_and_a_frame_are_no_tables() -> None:
    picture = paper()
    for row in range(30):
        for column in range(25):
            x, y = 80 + 17 * column, 100 + 22 * row
            cv2.putText(picture, "EHTB"[(row + column) % 4], (px(x), px(y)), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 30, 2)
    for y in (104, 148, 192):
        cv2.line(picture, (px(150), px(y)), (px(400), px(y)), 40, 2)
    assert find_tables(picture, SCALE, 14.0).grids == ()
    framed = paper()
    cv2.rectangle(framed, (px(60), px(60)), (px(540), px(780)), 40, 3)
    ruling = find_tables(framed, SCALE, EM)
    assert (ruling.grids, ruling.given_up) == ((), ())


def test_two_tables_and_the_one_inside_a_cell() -> None:
    picture = paper()
    cells: Cells = {(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)}
    draw(picture, [60.0, 300.0, 540.0], [100.0, 130.0, 160.0], cells)
    draw(picture, [60.0, 200.0, 540.0], [300.0, 400.0, 560.0], cells)
    draw(picture, [230.0, 330.0, 430.0], [430.0, 460.0, 490.0], cells)
    assert structure(picture) == [cells, cells]


@st.composite
def tilings(draw_: st.DrawFn) -> tuple[list[float], list[float], Cells]:
    """Draw a table that fits a page, its cells merged at random, every edge still an edge of some cell."""
    widths = draw_(st.lists(st.integers(40, 95), min_size=2, max_size=5))
    heights = draw_(st.lists(st.integers(18, 50), min_size=2, max_size=8))
    xs = [50.0 + sum(widths[:n]) for n in range(len(widths) + 1)]
    ys = [90.0 + sum(heights[:n]) for n in range(len(heights) + 1)]
    taken: set[tuple[int, int]] = set()
    cells: Cells = set()
    for row in range(len(heights)):
        for col in range(len(widths)):
            if (row, col) in taken:
                continue
            colspan = rowspan = 1
            while col + colspan < len(widths) and (row, col + colspan) not in taken and draw_(st.integers(0, 4)) == 0:
                colspan += 1
            while row + rowspan < len(heights) and draw_(st.integers(0, 4)) == 0:
                rowspan += 1
            taken |= {(r, c) for r in range(row, row + rowspan) for c in range(col, col + colspan)}
            cells.add((row, col, rowspan, colspan))
    return xs, ys, cells


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(tilings(), st.integers(0, 10_000))
def test_any_table_comes_back_exactly(tiling: tuple[list[float], list[float], Cells], seed: int) -> None:
    xs, ys, cells = tiling
    used_cols = sorted({edge for _, col, _, span in cells for edge in (col, col + span)})
    used_rows = sorted({edge for row, _, span, _ in cells for edge in (row, row + span)})
    picture = paper()
    draw(picture, xs, ys, cells)
    picture = np.clip(picture + np.random.default_rng(seed).normal(0, 8, picture.shape), 0, 255).astype(np.uint8)
    expected = {
        (
            used_rows.index(row),
            used_cols.index(col),
            used_rows.index(row + rowspan) - used_rows.index(row),
            used_cols.index(col + colspan) - used_cols.index(col),
        )
        for row, col, rowspan, colspan in cells
    }
    assert structure(picture) == ([expected] if len(cells) > 1 else [])


# ---- pictures made ready ---------------------------------------------------------------------------------------


def test_blank_pages_and_pages_with_a_word_on_them() -> None:
    empty = paper()
    assert is_blank(empty)
    speckled = np.clip(empty + np.random.default_rng(1).normal(0, 5, empty.shape), 0, 255).astype(np.uint8)
    speckled[:, :6] = 20  # the scanner's edge
    assert is_blank(speckled)
    cv2.putText(speckled, "A4", (600, 900), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 40, 2)
    assert not is_blank(speckled)


def test_a_seal_goes_and_what_it_covers_stays() -> None:
    page = cv2.cvtColor(paper(), cv2.COLOR_GRAY2RGB)
    cv2.putText(page, "2024-02-28", (px(300), px(600)), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (40, 40, 40), 3)
    clean = grey(page).copy()
    seal = np.zeros(page.shape[:2], np.uint8)
    cv2.circle(seal, (px(350), px(595)), px(58), 255, 10)
    cv2.circle(seal, (px(350), px(595)), px(15), 255, -1)
    red = np.array([215, 60, 70])
    page[seal > 0] = np.minimum(page[seal > 0], red)
    without = grey(without_seals(page, SCALE)).astype(int)
    only_seal = (seal > 0) & (clean > 200)
    assert np.median(without[only_seal]) > 225
    assert np.abs(without - clean)[clean < 90].mean() < 30


def test_red_headings_stay() -> None:
    page = cv2.cvtColor(paper(), cv2.COLOR_GRAY2RGB)
    for column in range(12):
        cv2.putText(page, "H", (px(120 + 30 * column), px(150)), cv2.FONT_HERSHEY_SIMPLEX, 3, (200, 30, 30), 8)
    assert np.array_equal(without_seals(page, SCALE), page)


@pytest.mark.parametrize("angle", [-2.0, 0.5, 3.0])
def test_levelling_turns_a_falling_line_level_and_comes_back(angle: float) -> None:
    width, height = 600.0, 800.0
    a, b, c, d, e, f = level_matrix(angle, width, height)
    fall = math.tan(math.radians(angle))
    ends = [(x, 400 + fall * x) for x in (0.0, 600.0)]
    (x0, y0), (x1, y1) = [(a * x + c * y + e, b * x + d * y + f) for x, y in ends]
    assert y0 == pytest.approx(y1, abs=1e-6)
    a, b, c, d, e, f = level_matrix(-angle, width, height)
    assert (a * x1 + c * y1 + e, b * x1 + d * y1 + f) == pytest.approx(ends[1], abs=1e-6)
    assert x0 < x1


def test_a_photographed_sheet_is_laid_flat_and_places_lie_in_the_photograph() -> None:
    photo = np.full((1600, 1200, 3), (110, 80, 50), np.uint8)
    corners = np.array([[180, 150], [1050, 210], [1100, 1450], [120, 1400]], np.float32)
    cv2.fillConvexPoly(photo, corners.astype(np.int32), (240, 240, 236))
    found = sheet(photo)
    assert found is not None
    assert np.abs(found - corners).max() < 12
    flat = flattened(photo, found)
    height, width = flat.image.shape[:2]
    assert flat.to_photo((0, 0, width, height)) == pytest.approx((120, 150, 1100, 1450), abs=15)


def test_a_scan_has_no_sheet_to_lay_flat() -> None:
    scan = cv2.cvtColor(form(), cv2.COLOR_GRAY2RGB)
    assert sheet(scan) is None
