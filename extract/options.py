"""What a caller may set about reading. Defaults suit a whole province's files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """Settings of the loaders.

    ``ocr``: "auto" reads pages without a usable text layer by OCR, "off" leaves them out with a warning.
    ``engine``: what recognises them, "paddleocr" where the extra of this name is installed.
    ``threads``: threads of the OCR engine. ``max_pages``: a longer file is read up to here, with a warning.
    ``converted``: a folder that ``extract.office.convert_many`` filled ahead; None converts each file when it is read.
    """

    ocr: Literal["auto", "off"] = "auto"
    engine: Literal["rapidocr", "paddleocr"] = "rapidocr"
    threads: int = 2
    max_pages: int = 2000
    converted: Path | None = None


DEFAULT_OPTIONS = LoadOptions()
