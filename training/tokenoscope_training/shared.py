"""Stores files that several models share once: `python -m tokenoscope_training.shared ../public/models`.

A model folder is exported with all its files beside its manifest. `share` then moves what other folders beside it
also have into the folder `shared`, named by content, and its manifest says so (`from`, see `fileSchema` in the app).
`gather` is the way back, for everything that reads a folder: onnxruntime looks for weights beside the graph only.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = "shared"


def entries(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every file that a manifest names."""
    files, sampler = manifest["files"], manifest.get("sampler", {})
    yield from (files["encoder"], files["decoder"], *files["data"])
    yield from (sampler[name] for name in ("start", "velocity", "distilled") if name in sampler)
    if "golden" in manifest:
        yield manifest["golden"]


def place_of(folder: Path, entry: dict[str, Any]) -> Path:
    """A file's path: beside the manifest, where a fresh export puts it, or among the shared ones."""
    beside = folder / entry["path"]
    return beside if beside.exists() or "from" not in entry else folder / entry["from"]


def gather(folder: Path) -> Path:
    """The folder itself, or a copy of one that shares files, with all of them beside its manifest."""
    path = folder / "manifest.json"
    named = list(entries(json.loads(path.read_text()))) if path.exists() else []
    away = [entry for entry in named if place_of(folder, entry).parent != folder]
    if not away:
        return folder
    whole = Path(tempfile.mkdtemp(prefix="tokenoscope-"))
    atexit.register(shutil.rmtree, whole, ignore_errors=True)
    for file in folder.iterdir():
        shutil.copyfile(file, whole / file.name)
    for entry in away:
        shutil.copyfile(folder / entry["from"], whole / entry["path"])
    return whole


def bring(folder: Path) -> None:
    """Puts what a model folder shares beside its manifest, as a fresh export does, to change it there."""
    for entry in entries(json.loads((folder / "manifest.json").read_text())):
        if place_of(folder, entry).parent != folder:
            shutil.copyfile(folder / entry["from"], folder / entry["path"])


def share(models: Path) -> list[Path]:
    """Moves files that two or more model folders in `models` have into `shared`, and deletes unused shared ones."""
    described = {path: json.loads(path.read_text()) for path in sorted(models.glob("*/manifest.json"))}
    manifests = {path: manifest for path, manifest in described.items() if "encoder" in manifest.get("files", {})}
    owners: dict[str, set[Path]] = {}
    for path, manifest in manifests.items():
        for entry in entries(manifest):
            owners.setdefault(entry["sha256"], set()).add(path)
    used = []
    for path, manifest in manifests.items():
        for entry in entries(manifest):
            beside = path.parent / entry["path"]
            if "from" not in entry and len(owners[entry["sha256"]]) < 2:
                continue
            target = models / SHARED / f"{entry['sha256'][:16]}{beside.suffix}"
            target.parent.mkdir(exist_ok=True)
            if beside.exists():
                if hashlib.sha256(beside.read_bytes()).hexdigest() != entry["sha256"]:
                    raise SystemExit(f"{beside} is not the file that its manifest names")
                beside.replace(target)
            entry["from"] = f"../{SHARED}/{target.name}"
            used.append(target)
        path.write_text(json.dumps(manifest, indent=2) + "\n")
    for file in (models / SHARED).glob("*"):
        if file not in used:
            file.unlink()
    return used


if __name__ == "__main__":
    for shared in sorted(set(share(Path(sys.argv[1])))):
        print(f"{shared}: {shared.stat().st_size:,} bytes")
