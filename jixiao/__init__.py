"""jixiao (绩效): Chinese government performance reports in, tidy tables a person can trust out.

``extract(paths)`` reads files and folders into a ``Result``; ``facts(path)`` gives one file's figures as a DataFrame.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jixiao.api import extract, facts
    from jixiao.result import FileResult, Result, Status

__all__ = ["FileResult", "Result", "Status", "__version__", "extract", "facts"]

__version__ = version("jixiao")

_HOMES = {
    "FileResult": "jixiao.result",
    "Result": "jixiao.result",
    "Status": "jixiao.result",
    "extract": "jixiao.api",
    "facts": "jixiao.api",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for at its first use, so that ``jixiao --version`` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'jixiao' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
