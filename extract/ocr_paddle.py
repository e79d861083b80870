"""PaddleOCR as an engine (the extra ``paddleocr``), offline: over the weights that RapidOCR's wheel carries.

PaddleOCR would download its models; given these, with a description of each beside it, it asks for nothing.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from extract.errors import MissingProgramError
from extract.ocr import DETECTION, DETECTION_SIDES, OcrEngine, OcrLine, weights

if TYPE_CHECKING:
    from extract.ocr import Image

_DETECTION: Final = "PP-OCRv6_small_det"
_RECOGNITION: Final = "PP-OCRv6_small_rec"
_ENGINE: Final = {"enable_cpu_mem_arena": False}  # with the arena it holds four times the memory


def make(threads: int) -> OcrEngine:
    """Return the engine; raise MissingProgramError where PaddleOCR is not installed."""
    if find_spec("paddleocr") is None:
        remedy = "pip install 'jixiao[paddleocr]', best into an environment of its own (docs/dependencies.md)"
        raise MissingProgramError("PaddleOCR is not installed", remedy)
    return PaddleEngine(threads)


class PaddleEngine:
    """PP-OCRv6 by PaddleOCR on onnxruntime; orientation and unwarping models stay off."""

    lanes = 1

    def __init__(self, threads: int) -> None:
        os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")
        from paddleocr import PaddleOCR, TextRecognition

        logging.getLogger("paddlex").setLevel(logging.ERROR)  # it tells standard output of each model
        self._folder = TemporaryDirectory(prefix="jixiao-paddleocr-")  # goes with the engine
        detection, recognition = _described(Path(self._folder.name))
        settings: dict[str, Any] = {
            "engine": "onnxruntime",
            "engine_config": {"intra_op_num_threads": threads, **_ENGINE},
        }
        self._pages = PaddleOCR(
            text_detection_model_name=_DETECTION,
            text_detection_model_dir=str(detection),
            text_recognition_model_name=_RECOGNITION,
            text_recognition_model_dir=str(recognition),
            use_doc_orientation_classify=False,
            use_doc_unwarping=False,
            use_textline_orientation=False,
            **settings,
        )
        self._lines = TextRecognition(model_name=_RECOGNITION, model_dir=str(recognition), **settings)

    def read(self, image: Image) -> tuple[OcrLine, ...]:
        """Return the lines in the picture of a page, from top to bottom."""
        side = min(max(round(DETECTION * max(image.shape[:2])), DETECTION_SIDES[0]), DETECTION_SIDES[1])
        (found,) = self._pages.predict(_blue_first(image), text_det_limit_side_len=side, text_det_limit_type="max")
        return tuple(
            OcrLine(text, tuple((float(x), float(y)) for x, y in corners), float(score))  # type: ignore[arg-type]
            for text, corners, score in zip(found["rec_texts"], found["rec_polys"], found["rec_scores"], strict=True)
            if text.strip()
        )

    def read_lines(self, images: Sequence[Image]) -> tuple[tuple[str, float], ...]:
        """Return text and score of each picture of a single line."""
        if not images:
            return ()
        read = self._lines.predict([_blue_first(image) for image in images])
        return tuple((str(one["rec_text"]), float(one["rec_score"])) for one in read)


def _blue_first(image: Image) -> Image:
    """Return the picture with its colours in PaddleOCR's order."""
    import cv2

    result: Image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR if image.ndim == 2 else cv2.COLOR_RGB2BGR)
    return result


def _described(folder: Path) -> tuple[Path, Path]:
    """Lay the models out as PaddleOCR wants them, each with its description; return their folders."""
    import onnxruntime

    detection, recognition = weights()
    session = onnxruntime.InferenceSession(str(recognition), providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    decode = {"DecodeImage": {"img_mode": "BGR", "channel_first": False}}
    keep = {"KeepKeys": {"keep_keys": ["image"]}}
    normal = {
        "NormalizeImage": {
            "scale": "1./255.",
            "mean": [0.485, 0.456, 0.406],
            "std": [0.229, 0.224, 0.225],
            "order": "hwc",
        }
    }
    descriptions = {
        detection: {
            "Global": {"model_name": _DETECTION},
            "PreProcess": {
                "transform_ops": [
                    decode,
                    {"DetResizeForTest": {"resize_long": 960}},
                    normal,
                    {"ToCHWImage": None},
                    keep,
                ]
            },
            "PostProcess": {
                "name": "DBPostProcess",
                "thresh": 0.3,
                "box_thresh": 0.6,
                "max_candidates": 1000,
                "unclip_ratio": 1.5,
            },
        },
        recognition: {
            "Global": {"model_name": _RECOGNITION},
            "PreProcess": {"transform_ops": [decode, {"RecResizeImg": {"image_shape": [3, 48, 320]}}, keep]},
            "PostProcess": {"name": "CTCLabelDecode", "character_dict": characters},
        },
    }
    folders = []
    for name, (model, description) in zip(("det", "rec"), descriptions.items(), strict=True):
        place = folder / name
        place.mkdir()
        shutil.copy(model, place / "inference.onnx")
        # JSON is YAML: no library is needed to write it.
        (place / "inference.yml").write_text(json.dumps(description, ensure_ascii=False), "utf-8")
        folders.append(place)
    return folders[0], folders[1]
