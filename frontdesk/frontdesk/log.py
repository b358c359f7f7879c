"""The log: a line of JSON on standard output for each event, and never an error of its own."""

from __future__ import annotations

import contextlib
import logging
import os
import sys

import structlog


class _Lines:
    """Standard output, a line at a time; on a full disk a line is lost, and not what it tells of."""

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            os.write(sys.stdout.fileno(), text.encode("utf-8", "replace"))
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""


def configure() -> None:
    """Once, at start."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=_Lines()),  # type: ignore[arg-type]
    )
