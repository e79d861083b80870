"""Sums on lines of their own, under a label that gives their unit once."""

from __future__ import annotations

from tests.small_documents import report

COVER = ("项目支出绩效目标自评表", "（2023年度）")


def brief(*lines: str) -> list[tuple[str, str, str]]:
    return [(fact.quote, str(fact.value), fact.metric) for fact in report(*COVER, *lines).facts]


def test_sums_below_a_label_with_a_unit_have_it() -> None:
    lines = (
        "项目资金（万元）",
        "年度资金总额：962.40",
        "其中：中央补助 571.00",
        "市级资金 391.40",
        "其他资金",
        "二、绩效指标",
    )
    assert brief(*lines) == [
        ("962.40", "9624000.00", "年度资金总额"),
        ("571.00", "5710000.00", "中央补助"),
        ("391.40", "3914000.00", "市级资金"),
    ]


def test_the_first_sum_may_stand_behind_the_label_and_each_label_begins_a_list() -> None:
    found = report(
        *COVER,
        *(
            "补助资金合计（万元） 年度预算资金总额：962.40",
            "其中：中央补助 571.00",
            "本级资金（包括结转结余） 391.40",
            "其中：",
        ),
        *("特别扶助资金（元）", "年度预算资金总额：308200", "其中：中央补助 151000", "市级资金", "本级资金 157200"),
    )
    assert [int(fact.value or 0) for fact in found.facts] == [
        9_624_000,
        5_710_000,
        3_914_000,
        308_200,
        151_000,
        157_200,
    ]
    assert {fact.unit_from for fact in found.facts} == {"caption"}
    assert "特别扶助资金" in found.facts[-1].section
    assert not found.unread


def test_other_lines_end_the_list() -> None:
    lines = ("项目资金（万元）", "年度资金总额：962.40", "其中：财政拨款 962.40", "设备台数 12", "其他资金 5")
    found = report(*COVER, *lines)
    assert [fact.quote for fact in found.facts] == ["962.40", "962.40"]
    assert {unread.quote for unread in found.unread} == {"12", "5"}


def test_one_sum_makes_no_list_and_no_unit_no_money() -> None:
    assert brief("项目资金（万元）", "年度资金总额：962.40", "项目概况") == []
    assert brief("项目资金", "年度资金总额：962.40", "其中：财政拨款 962.40") == []
    assert brief("设备（台）", "服务器：4", "台式机：12") == []
