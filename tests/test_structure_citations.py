"""Citations: numbers in every bracket style, their titles and issuers, and what is no citation."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Block, Document, Place, assemble
from parsers import parse
from parsers.model import Citation

BRACKETS = ["〔{}〕", "[{}]", "【{}】", "（{}）", "({})", "［{}］", "〔{}]", "〔{} ", "{}〕"]


def document(*lines: str) -> Document:
    blocks = [Block("paragraph", line, Place(f"body/paragraph {n}")) for n, line in enumerate(lines, start=1)]
    return assemble(blocks, file="a.txt", sha256="0" * 64, media_type="text/plain")


def cited(*lines: str) -> list[Citation]:
    return [citation for report in parse(document(*lines)) for citation in report.citations]


@pytest.mark.parametrize("bracket", BRACKETS)
def test_number_is_read_in_every_bracket_style(bracket: str) -> None:
    number = "临财社" + bracket.format("2021") + "74号"
    (found,) = cited(f"根据《临江市专项资金管理办法》（{number}）下达资金5万元。")
    assert found.number == number.strip()
    assert (found.year, found.title) == ("2021", "临江市专项资金管理办法")


@pytest.mark.parametrize(
    ("text", "number", "issuer", "title"),
    [
        ("按照财政部《项目支出管理办法》（财预〔2020〕10号）", "财预〔2020〕10号", "财政部", "项目支出管理办法"),
        (
            "《沧澜省财政厅 沧澜省民政厅关于下达资金的通知》（澜财社〔2023〕8 号）",
            "澜财社〔2023〕8号",
            "沧澜省财政厅、沧澜省民政厅",
            "沧澜省财政厅沧澜省民政厅关于下达资金的通知",
        ),
        (
            "依据《社会救助办法》（临江市人民政府公告第 12 号）",
            "临江市人民政府公告第12号",
            "临江市人民政府",
            "社会救助办法",
        ),
        ("依照国务院令第795号执行", "国务院令第795号", "国务院", ""),
        (
            "按照临江市城乡医疗保险实施办法(临府规[2018]12号)的规定",
            "临府规[2018]12号",
            "",
            "临江市城乡医疗保险实施办法",
        ),
        ("根据临财绩〔2023〕4号文件《关于开展自评的通知》", "临财绩〔2023〕4号", "", "关于开展自评的通知"),
        ("由县民政局会同县财政局印发的《临时救助细则》实施", "", "县民政局会同县财政局", "临时救助细则"),
        ("临府20203号文规定", "临府20203号", "", ""),
    ],
)
def test_number_issuer_and_title_are_told_apart(text: str, number: str, issuer: str, title: str) -> None:
    (found,) = cited(text + "。")
    assert (found.number, found.title) == (number, title)
    assert found.issuer == issuer or "会同" in issuer


def test_title_without_a_number_counts_where_it_names_a_document() -> None:
    titles = [
        found.title for found in cited("《临江日报》刊登，印发《致家长的一封信》，修订《内部控制规范（试行）》。")
    ]
    assert titles == ["内部控制规范(试行)"]


def test_own_number_under_the_title_is_no_citation() -> None:
    assert cited("临江市教育局关于资助项目的绩效自评报告", "临教资〔2023〕3号", "一、项目概况", "正文。") == []


def test_several_numbers_are_several_citations() -> None:
    found = cited("下达资金（临财社〔2022〕31号、临财社〔2022〕65号），第3号楼和合同2021年5月。")
    assert [citation.number for citation in found] == ["临财社〔2022〕31号", "临财社〔2022〕65号"]


@given(st.text("《》〔〕[]()（）2021 年第号令公告办法财社根据的关于通知\n", max_size=60))
def test_spans_hold_number_and_title(text: str) -> None:
    source = document(text)
    for report in parse(source):
        for citation in report.citations:
            held = "".join(source.text[citation.span.start : citation.span.end].split())
            assert "".join(citation.number.split()) in held
            assert citation.number or citation.title


def test_hostile_text_takes_no_more_than_linear_time() -> None:
    for unit in ("财政局、", "《", "〔2021", "的办法(", "根据按照", "号"):
        start = time.perf_counter()
        cited(unit * (20_000 // len(unit)) + "号《")
        assert time.perf_counter() - start < 5, unit


@pytest.mark.parametrize(("text", "number"), [("《清沅办法》（国务院令649号）", "国务院令649号"), ("口令3号", "")])
def test_orders_without_the_word_before_the_number(text: str, number: str) -> None:
    assert "".join(one.number for one in cited("一、依据", text)) == number
