"""The command line of the language models: `python -m tokenoscope_training lm prepare | train | export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import recipe


def main(arguments: list[str]) -> None:
    """Runs one of the three steps."""
    parser = argparse.ArgumentParser(prog="tokenoscope_training lm", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    prepare = steps.add_parser("prepare", help="cuts the corpora into a small folder and trains the BPE on it")
    prepare.add_argument("--corpora", type=Path, required=True, help="folder with english-books-1.txt.xz and the rest")
    prepare.add_argument("--out", type=Path, required=True)
    prepare.add_argument("--limit", type=int, help="so many bytes of each file, to try it out")
    train = steps.add_parser("train", help="trains every model of a size at once, until the time is over")
    train.add_argument("--data", type=Path, required=True, help="the prepared folder")
    train.add_argument("--out", type=Path, required=True, help="where weights (.npz, float16) and log.jsonl go")
    train.add_argument("--size", default="gpu", help="table of configs/lm.toml")
    train.add_argument("--seconds", type=float, required=True, help="from now until everything is written")
    train.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    train.add_argument("--only", nargs="+", help="these models")
    train.add_argument("--float32", action="store_true", help="no bfloat16")
    train.add_argument("--held-limit", type=int, help="measure so many bytes of each held-out text")
    train.add_argument("--seed", type=int, default=0)
    export = steps.add_parser("export", help="ONNX, manifest and golden outputs of trained weights")
    export.add_argument("--weights", type=Path, required=True, help="the folder that train wrote")
    export.add_argument("--data", type=Path, required=True, help="the prepared folder")
    export.add_argument("--out", type=Path, required=True, help="folder of model folders")
    export.add_argument("--command", default="", help="the training command, for the manifest")
    export.add_argument("--held-limit", type=int, help="measure so many bytes of each held-out text")
    given = parser.parse_args(arguments)
    if given.step == "prepare":
        from . import corpus

        corpus.prepare(given.corpora, given.out, recipe.read("gpu"), given.limit)
    elif given.step == "train":
        from . import fleet

        extra = ["--seed", str(given.seed), *(["--float32"] if given.float32 else [])]
        extra += ["--held-limit", str(given.held_limit)] if given.held_limit else []
        raise SystemExit(fleet.run(given.data, given.out, given.size, given.seconds, given.device, given.only, extra))
    else:
        from . import build

        build.build_all(given.weights, given.data, given.out, given.command, given.held_limit)
