"""Make the sample reports: ``python samples/make_samples.py [NAME ...]``.

Needs python-docx, pypdfium2, OpenCV and Pillow; for the PDF, the scan and the photograph also LibreOffice and the
fonts named in samples/README.md. Same programs and fonts, same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from content import civil_affairs, old_communities, preschool_aid, public_health, road_maintenance, water_bureau
from content.blocks import Block
from render import truth
from render.degrade import jpeg, photograph, picture_pdf, scan
from render.docx_file import Layout, docx_bytes
from render.pdf import pdf_bytes, pictures
from render.seal import stamp

HERE = Path(__file__).parent
FARMLAND = HERE / "content" / "farmland.txt"
FORM = Layout(margins=(2.2, 2.0, 2.0, 2.0), size=12, pitch=20)
DENSE = Layout(margins=(2.8, 2.4, 2.4, 2.4), size=14, pitch=24.5, page_numbers=False)
ONE_PAGE = Layout(margins=(2.0, 2.2, 1.8, 2.2), size=14, pitch=25, page_numbers=False)
SCAN_DPI = 200
PHOTO_DPI = 210


def preschool() -> bytes:
    return docx_bytes(preschool_aid.BLOCKS)


def roads() -> bytes:
    return docx_bytes(road_maintenance.BLOCKS, FORM)


def water() -> bytes:
    return pdf_bytes(docx_bytes(water_bureau.BLOCKS, Layout(margins=(3.2, 2.3, 2.8, 2.3), size=15, pitch=26)))


def civil() -> bytes:
    return docx_bytes(civil_affairs.BLOCKS)


def communities() -> bytes:
    pages = pictures(pdf_bytes(docx_bytes(old_communities.BLOCKS, DENSE)), SCAN_DPI)
    pages[-1] = stamp(pages[-1], "碧溪县住房和城乡建设局", centre=(1165, 1490), size=330, seed=5)
    return picture_pdf(
        [scan(page, seed=11 + index, skew=0.6) for index, page in enumerate(pages)], SCAN_DPI, quality=52
    )


def health() -> bytes:
    page = pictures(pdf_bytes(docx_bytes(public_health.BLOCKS, ONE_PAGE)), PHOTO_DPI)[0]
    return jpeg(photograph(page, seed=29), quality=68)


def farmland() -> bytes:
    return FARMLAND.read_text(encoding="utf-8").encode("gb18030")


SAMPLES: dict[str, tuple[Callable[[], bytes], tuple[Block, ...] | None]] = {
    "preschool-aid-2022.docx": (preschool, preschool_aid.BLOCKS),
    "rural-roads-2023.docx": (roads, road_maintenance.BLOCKS),
    "water-bureau-2022.pdf": (water, water_bureau.BLOCKS),
    "civil-affairs-2023.docx": (civil, civil_affairs.BLOCKS),
    "old-communities-2023-scan.pdf": (communities, old_communities.BLOCKS),
    "public-health-2022-photo.jpg": (health, public_health.BLOCKS),
    "farmland-2021.txt": (farmland, None),
}
"""File name, how its bytes are made, and its blocks (None: the text is written as it is)."""


def true_text(name: str) -> str:
    """Return the text that a faithful reader gets from the sample ``name``."""
    blocks = SAMPLES[name][1]
    return FARMLAND.read_text(encoding="utf-8") if blocks is None else truth.text(blocks)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*SAMPLES, []], metavar="NAME", help="default: all")
    for name in parser.parse_args().names or SAMPLES:
        made = SAMPLES[name][0]()
        (HERE / name).write_bytes(made)
        (HERE / "truth" / f"{Path(name).stem}.txt").write_text(true_text(name), encoding="utf-8")
        print(f"{name}: {len(made):,} bytes")


if __name__ == "__main__":
    main()
