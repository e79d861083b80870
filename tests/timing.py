"""Time as tests need it: limits on a process's own work, and texts that are read for the first time."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from types import FrameType

AGAIN = 0.05
"""So many seconds later the limit is raised once more: an exception is lost where it strikes a finaliser."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimeoutError after so many seconds of this process's own work, however busy the machine is."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    except TimeoutError:  # raised anew: where a signal strikes, a traceback may lack its line
        raise TimeoutError(f"more than {seconds} s") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def forget() -> None:
    """Make the parsers forget the texts they have read; patterns stay compiled."""
    for memory in [entry for entry in gc.get_objects() if isinstance(entry, _lru_cache_wrapper)]:
        if memory.__module__.startswith("parsers.") and memory.cache_parameters()["maxsize"]:
            memory.cache_clear()
