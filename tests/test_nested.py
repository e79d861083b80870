"""Tables inside a cell of a table."""

from __future__ import annotations

from parsers import parse
from tests.small_documents import document, report

TITLE = "2023年度产业项目绩效自评报告"
FUNDS = "项目\t预算\t支出\n脆红李\t35\t33.2\n茶叶\t25\t24\n小计\t60\t57.2"
OTHERS = "项目\t预算\t支出\n肉牛\t18\t17.5\n小计\t18\t17.5"


def test_two_tables_side_by_side_in_cells_are_read() -> None:
    found = report(TITLE, [[f"表1 种植业资金（万元）\n{FUNDS}", f"表2 养殖业资金（万元）\n{OTHERS}"]])
    assert [fact.quote for fact in found.facts] == ["35", "33.2", "25", "24", "60", "57.2", "18", "17.5", "18", "17.5"]
    assert {fact.unit for fact in found.facts} == {"元"}
    assert not found.unread


def test_the_label_beside_a_cell_gives_the_unit_of_the_table_in_it() -> None:
    found = report(TITLE, [["项目名称", "产业发展"], ["资金情况（万元）", FUNDS]])
    assert [(fact.quote, fact.value) for fact in found.facts][:2] == [("35", 350_000), ("33.2", 332_000)]


def test_what_stands_above_a_table_in_its_cell_stays_there() -> None:
    read = document(TITLE, [["概况", f"新建园区3个。\n{FUNDS}"], ["联系人", "王某"]])
    (found,) = parse(read)
    assert found.facts[0].quote == "3个"
    for grid in found.grids:
        assert all(read.text[cell.span.start : cell.span.end] == cell.text for cell in grid.cells)


def test_lines_with_tabs_but_no_figures_are_no_table() -> None:
    assert len(report(TITLE, [["人员", "王某\t局长\n李某\t科长"]]).grids) == 1
