"""The text of Word paragraphs: what is shown is read, once, and nothing else is."""

import pytest

from tests.docx_builder import docx, field, p, r, read, style, t, texts

SYM = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
BOX = "<w:txbxContent>{}</w:txbxContent>"
CHECKBOX = '<w:ffData><w:checkBox><w:default w:val="0"/>{}</w:checkBox></w:ffData>'

PARAGRAPHS = {
    "runs are joined": (p("支出", "30", "万元"), "支出30万元"),
    "spaces inside stay": (p(" 甲  乙 "), " 甲  乙 "),
    "spaces that are not preserved go": ("<w:p><w:r><w:t>\n 甲 乙\n</w:t></w:r></w:p>", "甲 乙"),
    "spaces preserved further up stay": ('<w:p xml:space="preserve"><w:r><w:t>甲 </w:t></w:r></w:p>', "甲 "),
    "insertion kept": (p("原有", f"<w:ins>{r('新增')}</w:ins>"), "原有新增"),
    "deletion dropped": (p("甲", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "乙"), "甲乙"),
    "a deleted insertion dropped": (p("甲", f"<w:ins><w:del>{r('旧')}</w:del></w:ins>"), "甲"),
    "moved away": (p("甲", f"<w:moveFrom>{r('移')}</w:moveFrom>"), "甲"),
    "moved here": (p("甲", f"<w:moveTo>{r('移')}</w:moveTo>"), "甲移"),
    "content control": (p("甲", f"<w:sdt><w:sdtPr/><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"), "甲控件"),
    "controls nested": (
        p(f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{r('内')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"),
        "内",
    ),
    "smart tag": (p(f'<w:smartTag w:element="date"><w:smartTagPr/>{r("2021年")}</w:smartTag>', "末"), "2021年末"),
    "custom xml": (p(f"<w:customXml>{r('标记')}</w:customXml>"), "标记"),
    "hyperlink": (p(f"<w:hyperlink>{r('链接')}</w:hyperlink>"), "链接"),
    "right to left": (p(f'<w:bdo w:val="ltr">{r("123")}</w:bdo>'), "123"),
    "simple field": (p(f'<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple>', "页"), "7页"),
    "complex field": (p("共", field(" NUMPAGES ", r("9")), "页"), "共9页"),
    "field in an instruction": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText> IF </w:instrText></w:r>",
            field(" PAGE ", r("3")),
            "<w:r><w:instrText> = 3 </w:instrText></w:r>",
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("是"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        "是",
    ),
    "field in a result": (p(field(" HYPERLINK ", r("见") + field(" REF ", r("表1")))), "见表1"),
    "field without its end": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "余下的字"), "余下的字"),
    "end without a field": (p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "字"), "字"),
    "enclosed digit by a field": (p(field(r"eq \o\ac(○,3)"), "次"), "③次"),
    "enclosed letter by a field": (p(field(r"eq \o\ac(□,甲)")), "甲"),
    "phonetic guide by a field": (p(field(r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yǒng),埇)'), "桥"), "埇桥"),
    "fraction by a field": (p(field(r"eq \f(1,2)")), "1/2"),
    "symbol by a field": (p(field(r"SYMBOL 252 \f Wingdings \s 12"), "是"), "✓是"),
    "box ticked by default": (p(field(" FORMCHECKBOX ", form=CHECKBOX.format("<w:checked/>")), "优"), "☑优"),
    "box not ticked": (p(field(" FORMCHECKBOX ", "", form=CHECKBOX.format("")), "良"), "□良"),
    "choice of a form": (
        p(
            field(
                " FORMDROPDOWN ",
                form='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="优"/><w:listEntry w:val="良"/>'
                "</w:ddList></w:ffData>",
            )
        ),
        "良",
    ),
    "tab": (p("甲<tab>".replace("<tab>", ""), "<w:r><w:tab/></w:r>", "乙"), "甲\t乙"),
    "line break": (p("甲", "<w:r><w:br/></w:r>", "乙", "<w:r><w:cr/></w:r>", "丙"), "甲\n乙\n丙"),
    "break at the end": (p("甲", "<w:r><w:br/></w:r>"), "甲"),
    "hyphens": (
        p("<w:r>" + t("2021") + "<w:noBreakHyphen/>" + t("20") + "<w:softHyphen/>" + t("22") + "</w:r>"),
        "2021-2022",
    ),
    "tick of Wingdings": (p(SYM.format("Wingdings", "F0FE"), "是", SYM.format("Wingdings", "F0A8"), "否"), "☑是□否"),
    "tick of Wingdings 2": (p(SYM.format("Wingdings 2", "F052"), SYM.format("Wingdings 2", "00A3")), "☑□"),
    "comparison of Symbol": (p(SYM.format("Symbol", "F0B3"), "95%"), "≥95%"),
    "circled digit of Wingdings": (p(SYM.format("Wingdings", "F082")), "②"),
    "sign of a text font": (p(SYM.format("宋体", "2103")), "℃"),
    "drawing that no character shows": (p(SYM.format("某字库", "E123"), "字"), "•字"),
    "symbol without a code": (p(SYM.format("Symbol", ""), "字"), "字"),
    "letters in a symbol font": (p(r("\uf0b3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "90%"), "≥90%"),
    "codes without their font": (p(r("\uf0fc"), "合格"), "✓合格"),
    "Chinese in a symbol font": (p(r("合格", '<w:rFonts w:ascii="Wingdings"/>')), "合格"),
    "reading above a character": (
        p(f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('yǒng')}</w:rt><w:rubyBase>{r('埇')}</w:rubyBase></w:ruby></w:r>", "桥"),
        "埇桥",
    ),
    "hidden run": (p("甲", r("暗", "<w:vanish/>"), "乙"), "甲乙"),
    "shown against its style": (p(r("明", '<w:vanish w:val="0"/>')), "明"),
    "deleted field": (p("甲", "<w:del><w:r><w:delInstrText> PAGE </w:delInstrText></w:r></w:del>"), "甲"),
    "one branch of two": (
        p(
            f"<w:r><mc:AlternateContent><mc:Choice>{t('新')}</mc:Choice><mc:Fallback>{t('旧')}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        "新",
    ),
    "the branch that says something": (
        p(f"<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback>{t('旧')}</mc:Fallback></mc:AlternateContent></w:r>"),
        "旧",
    ),
    "formula": (
        p(
            "执行率=",
            "<m:oMath><m:f><m:num><m:r><m:t>执行数</m:t></m:r></m:num><m:den><m:r><m:t>预算数</m:t></m:r></m:den></m:f></m:oMath>",
            "×100%",
        ),
        "执行率=执行数/预算数×100%",
    ),
    "formula with powers and brackets": (
        p(
            "<m:oMathPara><m:oMath><m:d><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:d><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e>"
            "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara>"
        ),
        "(a+b)x^2",
    ),
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph_is_read_as_it_is_shown(name: str) -> None:
    body, expected = PARAGRAPHS[name]
    assert read(body).text == expected


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_strict_files_read_the_same(name: str) -> None:
    body, expected = PARAGRAPHS[name]
    if "<m:" not in body:  # a strict formula has another namespace
        assert read(body, strict=True).text == expected


def test_paragraphs_stand_in_wrappers_of_every_kind() -> None:
    sdt = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    document = read(
        p("一"),
        sdt.format(p("二") + sdt.format(p("三"))),
        f"<w:customXml>{p('四')}</w:customXml>",
        f"<mc:AlternateContent><mc:Choice>{p('五')}</mc:Choice><mc:Fallback>{p('旧')}</mc:Fallback></mc:AlternateContent>",
        p("六"),
    )
    assert document.text == "一\n二\n三\n四\n五\n六"
    assert [block.place.path for block in document.blocks] == [f"body/paragraph {n}" for n in range(1, 7)]


def test_empty_paragraphs_are_counted_and_give_no_block() -> None:
    document = read(p("甲"), p(), p(" "), p("乙"))
    assert [(block.text, block.place.path) for block in document.blocks] == [
        ("甲", "body/paragraph 1"),
        ("乙", "body/paragraph 4"),
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    document = read(p("前半，", properties=gone), p("后半。"), p("末", properties=gone))
    assert document.text == "前半，后半。\n末"
    assert [notice.code for notice in document.warnings] == ["tracked_changes"]


def test_tracked_changes_are_counted() -> None:
    document = read(p(f"<w:ins>{r('甲')}</w:ins>", f"<w:ins>{r('乙')}</w:ins>", f"<w:del>{r('丙')}</w:del>"))
    assert [notice.message for notice in document.warnings] == [
        "tracked changes: 2 insertions kept, 1 deletions left out"
    ]


def test_hidden_text_goes_by_styles_and_is_noted() -> None:
    styles = (
        style("Hidden", "<w:rPr><w:vanish/></w:rPr>", kind="character")
        + style("Base", "<w:rPr><w:vanish/></w:rPr>")
        + style("Child", '<w:basedOn w:val="Base"/>')
    )
    hidden = '<w:rStyle w:val="Hidden"/>'
    document = read(
        p("甲", r("暗", hidden)),
        p("暗", r("明", '<w:vanish w:val="false"/>'), r("又明", hidden), style="Child"),
        styles=styles,
    )
    assert document.text == "甲\n明又明"
    assert [notice.code for notice in document.warnings] == ["hidden_text"]


@pytest.mark.parametrize(
    "graphic",
    [
        "<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>",
        "<w:drawing><wp:anchor><wps:txbx>{}</wps:txbx></wp:anchor></w:drawing>",
        (
            "<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice>"
            "<mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        ),
    ],
)
def test_a_text_box_is_read_once_after_its_paragraph(graphic: str) -> None:
    box = graphic.replace("{}", BOX.format(p("框内一") + p("框内二")))
    document = read(p("锚", f"<w:r>{box}</w:r>", "点"), p("后"))
    assert texts(document) == ["锚点", "框内一", "框内二", "后"]
    assert document.blocks[2].place.path == "body/paragraph 1/text box 1/paragraph 2"


def test_a_text_box_in_a_text_box_and_lettering() -> None:
    inner = f"<w:r><w:pict><v:textbox>{BOX.format(p('内框'))}</v:textbox></w:pict></w:r>"
    outer = f"<w:r><w:pict><v:textbox>{BOX.format(p('外框', inner))}</v:textbox></w:pict></w:r>"
    lettering = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    assert texts(read(p(outer), p(lettering))) == ["外框", "内框", "艺术字"]


def test_an_open_field_does_not_reach_a_text_box() -> None:
    box = f"<w:r><w:pict><v:textbox>{BOX.format(p('框'))}</v:textbox></w:pict></w:r>"
    assert texts(read(p(field(" REF x ", r("果") + box)))) == ["果", "框"]


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    footnotes = (
        '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="5">{p("<w:r><w:footnoteRef/></w:r>", " 注一")}{p("续")}</w:footnote>'
        f'<w:footnote w:id="2">{p("注二")}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="2">{p("尾注")}</w:endnote>'
    document = read(
        p("甲", '<w:r><w:footnoteReference w:id="5"/></w:r>', "。"),
        p("乙", '<w:r><w:endnoteReference w:id="2"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        footnotes=footnotes,
        endnotes=endnotes,
    )
    assert [(block.text, block.place.path) for block in document.blocks] == [
        ("甲。", "body/paragraph 1"),
        ("注一", "footnote 1"),
        ("续", "footnote 1"),
        ("乙", "body/paragraph 2"),
        ("尾注", "endnote 1"),
        ("注二", "footnote 2"),
    ]


def test_a_note_that_is_missing_is_said() -> None:
    document = read(p("甲", '<w:r><w:footnoteReference w:id="9"/></w:r>'))
    assert document.text == "甲"
    assert [notice.code for notice in document.warnings] == ["lost_part"]


def test_headings_by_outline_and_by_style_through_the_chain() -> None:
    styles = (
        style("1", name="heading 1")
        + style("own", '<w:basedOn w:val="1"/>')
        + style("outlined", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
        + style("body", '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
        + style("top", name="Title")
        + style("circle", '<w:basedOn w:val="circle"/>')
    )
    document = read(
        p("题", style="top"),
        p("一", style="1"),
        p("二", style="own"),
        p("三", style="outlined"),
        p("四", style="body"),
        p("五", properties='<w:outlineLvl w:val="1"/>'),
        p("六", style="circle"),
        p("七", style="nowhere"),
        styles=styles,
    )
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("heading", None),
        ("heading", 1),
        ("heading", 1),
        ("heading", 3),
        ("paragraph", None),
        ("heading", 2),
        ("paragraph", None),
        ("paragraph", None),
    ]


def test_the_default_style_holds_for_paragraphs_that_name_none() -> None:
    styles = style("n", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', default=True)
    assert [block.level for block in read(p("甲"), styles=styles).blocks] == [1]


def test_a_table_of_contents_is_told_by_its_place() -> None:
    styles = style("c1", name="toc 1") + style("1", name="heading 1")
    document = read(
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            "一、概况<tab>2".replace("<tab>", "\u3000"),
            style="c1",
        ),
        p("二、结论", style="1"),
        p('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        p("一、概况", style="1"),
        styles=styles,
    )
    assert [(block.kind, block.place.path) for block in document.blocks] == [
        ("paragraph", "body/contents/paragraph 1"),
        ("paragraph", "body/contents/paragraph 2"),
        ("heading", "body/paragraph 4"),
    ]


def test_macro_files_and_templates_are_read_as_they_are() -> None:
    from extract import sniff

    macro = docx(p("甲"), content_type="application/vnd.ms-word.document.macroEnabled.main+xml")
    assert sniff.sniff(macro) == sniff.DOCM
