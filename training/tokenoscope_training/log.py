"""Progress lines with the seconds since the start."""

import time

_START = time.monotonic()


def say(line: str) -> None:
    """Prints one progress line at once."""
    print(f"[{time.monotonic() - _START:7.1f}s] {line}", flush=True)
