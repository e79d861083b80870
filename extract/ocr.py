"""Optical character recognition: what an engine does, and the engine that is always there.

RapidOCR runs PP-OCRv6 from the weights inside its own wheel; nothing is downloaded. Where OpenVINO is installed it does
the arithmetic, in about three quarters of the time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from extract.errors import MissingProgramError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    """Pixels: height × width × 3, or height × width where it is grey."""

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Corners from the upper left clockwise, in pixels."""

DETECTION = 0.55
"""Text is looked for in the picture shrunk to this share (110 dots an inch for a page of 200), and read in full."""

DETECTION_SIDES = (960, 2560)
"""The longer side of the shrunk picture is between these."""

SQUEEZE = 0.7
"""Long lines are read at this share of their width: nearly a third less work, and no figure is lost by it on clean,
faded, noisy or coarse pages (at 0.65 a few characters are)."""

LONG_LINE = 4
"""A line is long from so many times its height."""

_MODEL_HEIGHT = 48
_BUCKET = 32
"""Widths are rounded up to multiples of this, so that the engine meets few different shapes. It is the least width too:
RapidOCR's own, ten times as wide, makes most of the work of a page of small cells."""


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line as an engine read it: its corners in pixels and the engine's own score, from 0 to 1."""

    text: str
    box: Quad
    score: float


class OcrEngine(Protocol):
    """Reads pictures. ``read`` looks for lines, ``read_lines`` takes each picture for one line.

    ``lanes`` says how many pages are best read at a time, each from a thread of its own.
    """

    lanes: int

    def read(self, image: Image) -> tuple[OcrLine, ...]:
        """Return the lines in the picture of a page, from top to bottom."""
        ...

    def read_lines(self, images: Sequence[Image]) -> tuple[tuple[str, float], ...]:
        """Return text and score of each picture of a single line."""
        ...


class RapidEngine:
    """PP-OCRv6 by RapidOCR. The text-line classifier stays off: it turns short cells upside down.

    OpenVINO spreads the work over its own threads. onnxruntime's wait for one another in circles, which costs up to two
    fifths of the work where the machine does something else as well: it gets one, and pages and lines are dealt out.
    """

    def __init__(self, threads: int) -> None:
        from rapidocr import EngineType, RapidOCR

        self.lanes = 1 if uses_openvino() else threads
        detection, recognition = weights()
        parameters: dict[str, Any] = {
            "Global.use_cls": False,
            "Global.log_level": "error",
            "Global.max_side_len": 10_000,
            "Det.model_path": str(detection),
            "Rec.model_path": str(recognition),
            "Det.limit_side_len": DETECTION_SIDES[1],
            "Det.limit_type": "max",
            "Rec.rec_batch_num": 2,
            "Rec.rec_img_shape": [3, _MODEL_HEIGHT, _BUCKET],
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,  # a fifth less work, for some 50 MB
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.openvino.inference_num_threads": threads,
        }
        if uses_openvino():
            parameters["Det.engine_type"] = parameters["Rec.engine_type"] = EngineType.OPENVINO
        self._ocr = RapidOCR(params=parameters)

    def read(self, image: Image) -> tuple[OcrLine, ...]:
        """Return the lines in the picture of a page, from top to bottom."""
        from extract.ocr_image import folded

        small, ratio = _for_detection(image)
        sheet = folded(small)
        found = self._ocr(sheet.image, use_det=True, use_rec=False)
        if found.boxes is None or not len(found.boxes):
            return ()
        corners = sheet.unfolded(found.boxes.astype("float32")) * ratio
        crops = self._ocr.crop_text_regions(image, corners)
        boxes = [tuple((float(x), float(y)) for x, y in box) for box in corners]
        return tuple(
            OcrLine(text, box, score)  # type: ignore[arg-type]  # four corners
            for box, (text, score) in zip(boxes, self.read_lines(crops), strict=True)
            if text.strip()
        )

    def read_lines(self, images: Sequence[Image]) -> tuple[tuple[str, float], ...]:
        """Return text and score of each picture of a single line."""
        prepared = [_prepared(image) for image in images]
        order = sorted(range(len(prepared)), key=lambda at: prepared[at].shape[1] / prepared[at].shape[0])
        shares = [share for share in (order[lane :: self.lanes] for lane in range(self.lanes)) if share]
        with ThreadPoolExecutor(self.lanes) as pool:
            results = list(pool.map(lambda share: self._ocr.recognize_txt([prepared[at] for at in share]), shares))
        read: dict[int, tuple[str, float]] = {}
        for share, result in zip(shares, results, strict=True):
            for at, text, score in zip(share, result.txts, result.scores, strict=True):
                read[at] = (text, float(score))
        return tuple(read[at] for at in range(len(images)))


def _for_detection(image: Image) -> tuple[Image, float]:
    """Return the picture as text is looked for in it, and how many pixels one of its pixels stands for."""
    import cv2

    long = max(image.shape[:2])
    side = min(max(round(DETECTION * long), DETECTION_SIDES[0]), DETECTION_SIDES[1])
    if side >= long:
        return image, 1.0
    ratio = long / side
    size = (max(1, round(image.shape[1] / ratio)), max(1, round(image.shape[0] / ratio)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA), ratio


def _prepared(image: Image) -> Image:
    """Return the picture of a line as the model gets it: long lines squeezed, grey behind up to a bucket's width."""
    import cv2

    height, width = image.shape[:2]
    if width > LONG_LINE * height:
        width = round(width * SQUEEZE)
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    wanted = math.ceil(_MODEL_HEIGHT * width / height / _BUCKET) * _BUCKET
    behind = math.ceil(wanted * height / _MODEL_HEIGHT) - width
    if behind <= 0:
        return image
    result: Image = cv2.copyMakeBorder(image, 0, 0, 0, behind, cv2.BORDER_CONSTANT, value=(127, 127, 127))
    return result


def weights() -> tuple[Path, Path]:
    """Return the models that come inside RapidOCR's wheel."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise MissingProgramError("RapidOCR is not installed", "pip install rapidocr")
    folder = Path(spec.origin).parent / "models"
    found = [sorted(folder.glob(f"PP-OCRv*_{task}_*.onnx")) for task in ("det", "rec")]
    if not all(found):
        raise MissingProgramError(f"RapidOCR's models are missing in {folder}", "install rapidocr from its wheel")
    return found[0][-1], found[1][-1]


def uses_openvino() -> bool:
    """Tell whether OpenVINO is installed, which reads scans somewhat faster."""
    return find_spec("openvino") is not None


ENGINES: Final[dict[str, str]] = {"rapidocr": "extract.ocr", "paddleocr": "extract.ocr_paddle"}
"""Name → the module whose ``make(threads)`` gives the engine."""


def make(threads: int) -> OcrEngine:
    """Return the engine that is always there."""
    return RapidEngine(threads)


@cache
def engine(threads: int, name: str = "rapidocr") -> OcrEngine:
    """Return the process's engine of this name, made at its first use; MissingProgramError where it is missing."""
    made: OcrEngine = import_module(ENGINES[name]).make(threads)
    return made
