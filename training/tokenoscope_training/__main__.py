"""The command line: `python -m tokenoscope_training FAMILY --data DIR --out FOLDER`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main() -> None:
    """Parses the arguments and builds one model."""
    if sys.argv[1:2] == ["lm"]:
        # Its processes import torch each for itself; the one that starts them must not wait for that.
        from .lm import command as language_models

        language_models.main(sys.argv[2:])
        return
    from . import karhunen, large, learned, tools

    parser = argparse.ArgumentParser(prog="tokenoscope_training", description=__doc__)
    commands = parser.add_subparsers(dest="family", required=True)
    commands.add_parser("lm", help="the language models: lm --help")
    command = commands.add_parser("karhunen", help="the closed-form tokenizer")
    command.add_argument("--data", type=Path, required=True, help="folder with train-0.zip, train-1.zip, val.zip")
    command.add_argument("--out", type=Path, required=True, help="model folder; its name is the model's id")
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--runs", type=Path, default=Path("runs"), help="where checkpoints go")
    command.add_argument("--resume", action="store_true", help="export the last fit again instead of training")
    command.add_argument("--limit", type=int, help="pictures of each pass, to try the pipeline out")
    command.add_argument("--photographs", type=Path, help="karhunen-256 is measured on the pictures of this folder")
    learned.add_commands(commands)
    tools.add_commands(commands)
    given = parser.parse_args()
    if given.family in learned.RECIPES:
        learned.run(given)
        return
    if given.family in tools.NAMES:
        tools.run(given)
        return
    if given.out.name == large.NAME:
        if not given.photographs:
            parser.error("karhunen-256 needs --photographs: scripts/photographs.mjs makes such a folder")
        large.build(given.data, given.photographs, given.out, given.seed, given.runs, given.resume, given.limit)
        return
    if given.out.name not in karhunen.CONFIGS:
        parser.error(f"--out must end in one of: {', '.join([*karhunen.CONFIGS, large.NAME])}")
    karhunen.build(given.data, given.out, given.out.name, given.seed, given.runs, given.resume, given.limit)


if __name__ == "__main__":
    main()
