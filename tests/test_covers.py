"""Where a report begins, and what its title and cover form say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import parse
from tests.small_documents import Rows, document, report

BODY = "本年度项目按计划推进，资金拨付及时，各项任务均已完成，群众反映良好，未发现违规使用资金的情况。"
TEXT = ("一、项目概况", BODY)


@pytest.mark.parametrize(
    ("lines", "title", "kind"),
    [
        (["怀阳县农村公路养护项目绩效自评报告"], "怀阳县农村公路养护项目绩效自评报告", "绩效自评报告"),
        (["2022年度学前教育资助项目支出", "绩效自评报告"], "2022年度学前教育资助项目支出绩效自评报告", "绩效自评报告"),
        (["2023年度部门整体支出绩效评价报告"], "2023年度部门整体支出绩效评价报告", "绩效评价报告"),
        (
            ["高标准农田建设", "项目绩效评价报告（终稿）"],
            "高标准农田建设项目绩效评价报告（终稿）",
            "绩效评价报告(终稿)",
        ),
        (["林业草原改革发展资金绩效运行监控报告"], "林业草原改革发展资金绩效运行监控报告", "绩效运行监控报告"),
        (["项目支出绩效自评表"], "项目支出绩效自评表", "绩效自评表"),
        (["文化馆免费开放经费自查报告"], "文化馆免费开放经费自查报告", "自查报告"),
    ],
)
def test_a_title(lines: list[str], title: str, kind: str) -> None:
    found = report(*lines, *TEXT)
    assert (found.title, found.report_type) == (title, kind)


@pytest.mark.parametrize(
    "line",
    [
        "现将项目绩效自评情况报告如下：",
        "我局按照要求开展了绩效自评，形成绩效自评报告。",
        "三、绩效评价工作开展情况报告",
    ],
)
def test_what_is_no_title(line: str) -> None:
    assert report(line, *TEXT).title == ""


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["2023年度农村客运补贴绩效自评报告"], "2023"),
        (["农村客运补贴绩效自评报告", "（2023年度）"], "2023"),
        (["农村客运补贴绩效自评报告", "2023年"], "2023"),
        (["2023年农村客运补贴项目", "绩效自评报告"], "2023"),
    ],
)
def test_the_year_of_a_title(lines: list[str], year: str) -> None:
    assert report(*lines, *TEXT, "2021年、2021年、2021年").year == year


def test_the_year_most_named_stands_in() -> None:
    assert report("农村客运补贴绩效自评报告", "一、概况", "2022年下达，2022年支付，2021年立项。").year == "2022"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("项目名称：高标准农田建设", "project", "高标准农田建设"),
        ("专项资金名称：就业补助资金", "project", "就业补助资金"),
        ("项目单位：平洛县农业农村局", "organisation", "平洛县农业农村局"),
        ("部门（单位）名称：（盖章）清沅市水利局", "organisation", "清沅市水利局"),
        ("主管部门：平洛县农业农村局", "organisation", "平洛县农业农村局"),
        ("填报人（签名）：王小明", "filled_by", "王小明"),
        ("联系人：李四", "filled_by", "李四"),
        ("联系电话：0871-6321234", "phone", "0871-6321234"),
        ("联 系 电 话：3728919", "phone", "3728919"),
        ("填报日期：2024年3月25日", "fill_date", "2024-03-25"),
        ("填表时间：2024.3.25", "fill_date", "2024-03-25"),
        ("报告日期：2024年4月", "report_date", "2024-04"),
        ("资金来源：中央财政", "fund", "中央财政"),
        ("项目名称：", "project", ""),
        ("填报日期：　　年　月　日", "fill_date", ""),
    ],
)
def test_a_field(line: str, field: str, value: str) -> None:
    assert getattr(report("项目支出绩效自评报告", line, *TEXT), field) == value


SIDE_BY_SIDE = ("项目单位：平洛县农业农村局      填报日期：2024年3月25日", "填报人：李四      联系电话：0871-6321234")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation", "平洛县农业农村局"),
        ("fill_date", "2024-03-25"),
        ("filled_by", "李四"),
        ("phone", "0871-6321234"),
    ],
)
def test_two_fields_on_one_line(field: str, value: str) -> None:
    assert getattr(report("项目支出绩效自评报告", *SIDE_BY_SIDE, *TEXT), field) == value


FORM = [
    ["项目支出绩效自评表", "<", "<", "<"],
    ["项目名称", "农村客运补贴", "<", "<"],
    ["主管部门", "怀阳县交通运输局", "实施单位", "怀阳县公路段"],
    ["填报人", "张三", "联系电话", "0871-6321234"],
]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("project", "农村客运补贴"),
        ("organisation", "怀阳县交通运输局"),
        ("filled_by", "张三"),
        ("phone", "0871-6321234"),
    ],
)
def test_a_form_in_a_table(field: str, value: str) -> None:
    assert getattr(report("2023年度项目支出绩效自评表", FORM, *TEXT), field) == value


def test_a_name_that_went_over_the_line() -> None:
    found = report("项目支出绩效自评报告", "项目名称：清沅市中小河流治理及小型水库", "除险加固工程", *TEXT)
    assert found.project == "清沅市中小河流治理及小型水库除险加固工程"


def test_the_signature_stands_in_for_the_cover() -> None:
    assert report("项目支出绩效自评报告", *TEXT, "平洛县农业农村局", "2024年3月1日").organisation == "平洛县农业农村局"


def test_an_organisation_above_the_title() -> None:
    assert report("怀阳县交通运输局", "农村公路养护绩效自评报告", *TEXT).organisation == "怀阳县交通运输局"


def test_several_reports_in_one_file() -> None:
    parts = (
        *("甲项目绩效自评报告", "项目名称：甲项目", *TEXT, "二、投入3万元。"),
        *("乙项目绩效自评报告", "项目名称：乙项目", *TEXT, "二、投入5万元。"),
    )
    small = document(*parts)
    first, second = parse(small)
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert (first.project, second.project) == ("甲项目", "乙项目")
    assert (first.span.start, first.span.end, second.span.end) == (0, second.span.start, len(small.text))
    assert [fact.quote for found in (first, second) for fact in found.facts] == ["3万元", "5万元"]


def test_a_document_without_a_title_is_one_report() -> None:
    (found,) = parse(document(*TEXT))
    assert (found.title, found.span.start) == ("", 0)


@pytest.mark.parametrize("parts", [(), ("",), ("  ", ""), ([[""]],)])
def test_a_document_that_says_nothing_is_one_empty_report(parts: tuple[str | Rows, ...]) -> None:
    (found,) = parse(document(*parts))
    assert (found.title, found.facts, found.sections) == ("", (), ())


LINES = st.sampled_from(
    [
        *(
            "甲项目绩效自评报告",
            "2022年度",
            "绩效自评表",
            "项目名称：乙",
            "一、概况",
            "二、结论",
            BODY,
            "投入12.5万元。",
            "",
        ),
        *("清沅市水利局", "（2023年度）", "摘要", "填报日期：2024.3.1", "项目支出绩效评价报告（摘要）"),
    ]
)


@given(st.lists(LINES, max_size=16))
def test_reports_cover_the_document_from_end_to_end(lines: list[str]) -> None:
    small = document(*lines)
    found = parse(small)
    assert small.text[: found[0].span.start].strip() == ""
    assert [one.span.end for one in found[:-1]] == [one.span.start for one in found[1:]]
    assert found[-1].span.end == len(small.text)
    for one in found:
        assert all(one.span.start <= fact.span.start < one.span.end for fact in one.facts)
