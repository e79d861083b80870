"""Word to PDF by LibreOffice, and pages to pictures."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2

Picture = npt.NDArray[np.uint8]
SECONDS = 180


def pdf_bytes(docx: bytes) -> bytes:
    """Return the PDF that LibreOffice makes of a Word file, without the hour of making."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("soffice (LibreOffice) is not installed; the PDF samples need it")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sample.docx"
        source.write_bytes(docx)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - fixed arguments
        made = (Path(folder) / "sample.pdf").read_bytes()
    made = re.sub(rb"/CreationDate\(D:[^)]*\)", b"/CreationDate(D:20240101000000+08'00')", made)
    made = re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, made)
    return re.sub(rb"/ID \[ <[0-9A-F]{32}>\s*<[0-9A-F]{32}> \]", _fixed_id, made)


def _fixed_id(found: re.Match[bytes]) -> bytes:
    return re.sub(rb"[0-9A-F]{32}", b"0" * 32, found.group())


def pictures(pdf: bytes, dpi: int) -> list[Picture]:
    """Return the pages of a PDF as RGB pictures."""
    document = pypdfium2.PdfDocument(pdf)
    return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB"), dtype=np.uint8) for page in document]
