"""Trains all models at once, a process each: one that fails takes no other with it. Imports no torch itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from . import recipe

FINISH_SECONDS = 12
"""Kept at the end for measuring and writing."""

LEAST = 0.5
"""Where starting takes long (imports from a cold disk), a model still trains for this share of the time."""

GRACE_SECONDS = 20
"""After all time is over, what still runs is ended; its last safe weights are there."""


def run(data: Path, out: Path, size: str, seconds: float, device: str, names: list[str] | None, extra: list[str]) -> int:
    """Starts every model's process, starts a failed one again without fused kernels, and merges the logs into out/log.jsonl."""
    began = time.time()
    until = began + seconds - min(FINISH_SECONDS, seconds / 4)
    out.mkdir(parents=True, exist_ok=True)
    logs = Path(os.environ.get("TMPDIR", "/tmp")) / f"lm-logs-{os.getpid()}"
    logs.mkdir(parents=True, exist_ok=True)
    wanted = names or list(recipe.read(size)["models"])

    def start(name: str, *more: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-u", "-m", "tokenoscope_training.lm.train", "--name", name, "--size", size, "--data", str(data),
            "--out", str(out), "--logs", str(logs), "--until", str(until), "--least", str(LEAST * seconds), "--device", device,
            *extra, *more,
        ]  # fmt: skip
        return subprocess.Popen(command)

    running = {name: start(name) for name in wanted}
    again = set(wanted)
    failed: list[str] = []
    while running:
        time.sleep(0.2)
        for name, process in list(running.items()):
            code, late = process.poll(), time.time() > began + (1 + LEAST) * seconds + GRACE_SECONDS
            if code is None and late:
                process.kill()
                code = process.wait()
            if code is None:
                continue
            del running[name]
            print(f"{name} ended with {code} after {time.time() - began:.1f} s", flush=True)
            wrote = (out / f"{name}.npz").exists()
            if code and name in again and not wrote and time.time() < until - seconds / 3:
                again.discard(name)
                running[name] = start(name, "--plain")
            elif code:
                failed.append(name)
    merged = "".join(path.read_text() for path in sorted(logs.glob("*.jsonl")))
    (out / "log.jsonl").write_text(merged)
    sizes = ", ".join(f"{path.name} {path.stat().st_size:,}" for path in sorted(out.iterdir()))
    print(f"all done after {time.time() - began:.1f} s; failed: {failed or 'none'}; {sizes}", flush=True)
    return len(failed)
