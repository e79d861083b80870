"""Make the standard forms of samples/forms: ``python samples/make_forms.py [NAME ...]``.

Needs what make_samples.py needs, and XlsxWriter for the workbooks.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from content.blocks import Block, Table, Title
from content.forms import FORMS, Form
from render.degrade import picture_pdf, scan
from render.docx_file import Layout, docx_bytes
from render.pdf import pdf_bytes, pictures
from render.sheet import workbook
from render.web import page

HERE = Path(__file__).parent / "forms"
COLUMNS = ("indicator", "target", "actual", "full_score", "score", "reason")
LAYOUT = Layout(margins=(2.0, 1.8, 1.6, 1.6), size=12, pitch=20, page_numbers=False)
SCAN_DPI = 200


def blocks(form: Form) -> tuple[Block, ...]:
    titles = tuple(Title(text, small=index > 0) for index, text in enumerate(form.titles))
    return (*titles, Table(form.widths, form.rows, header=0, size=9))


def made(form: Form) -> bytes:
    match form.kind:
        case "xlsx":
            return workbook(form.titles, form.widths, form.rows)
        case "html":
            return page(form.titles, form.rows)
        case "docx":
            return docx_bytes(blocks(form), LAYOUT)
        case "pdf":
            return pdf_bytes(docx_bytes(blocks(form), LAYOUT))
        case "scan":
            pages = pictures(pdf_bytes(docx_bytes(blocks(form), LAYOUT)), SCAN_DPI)
            return picture_pdf([scan(one, seed=31, skew=-0.4) for one in pages], SCAN_DPI, quality=60)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    wanted = parser.parse_args().names
    HERE.mkdir(exist_ok=True)
    for form in FORMS:
        if wanted and form.name not in wanted:
            continue
        (HERE / form.name).write_bytes(made(form))
        with (HERE / f"{form.name}.scores.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerows([COLUMNS, *form.truth])
        print(form.name)


if __name__ == "__main__":
    main()
