"""The commands of the learned models: train for a while, and once all steps are done export, measure, describe."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

import torch

from .log import say
from .neural import together

RECIPES = {
    "perceptual": "the feature network of the perceptual distance",
    "ladder": "karhunen's tokens with a learned decoder, or a learned ordered tokenizer (transformer)",
    "fixed": "a tokenizer whose tokens only work together",
    "flow": "karhunen's tokens drawn by a rectified flow",
    "flow-distilled": "the flow in one step, learned from its own samples",
    "glyphs": "a binary tokenizer of rendered writing",
    "grid": "a tokenizer with one token for each square of the picture",
    "eye": "a small vision transformer that names what a picture shows",
}

VARIANTS = {"fixed": ("nested",), "grid": ("robust",), "flow": ("reflow",), "flow-distilled": ("reflow",)}
"""Recipes that train another model of the same size, and what it differs in: the tables `[variant.NAME]` of configs/."""

SIZES = ("cpu", "gpu", "gpu-check", "tiny", "transformer", "transformer-large", "tiny-transformer")


def add_commands(commands: argparse._SubParsersAction) -> None:
    """One subcommand for each recipe."""
    for name, text in RECIPES.items():
        command = commands.add_parser(name, help=text)
        command.add_argument("--data", type=Path, required=name != "glyphs", help="folder with the zips of pictures")
        command.add_argument("--out", type=Path, help="model folder; without it nothing is exported")
        command.add_argument("--size", choices=SIZES, default="cpu", help="table of configs/NAME.toml")
        command.add_argument("--seed", type=int, default=0)
        if name in VARIANTS:
            command.add_argument("--variant", choices=VARIANTS[name], help="another model of the same size: what it differs in")
        command.add_argument("--runs", type=Path, default=Path("runs"), help="where checkpoints and logs go")
        command.add_argument("--minutes", type=float, help="stop after this long; --resume continues")
        command.add_argument("--steps", type=int, help="train for this many steps instead of the recipe's")
        command.add_argument("--resume", action="store_true", help="continue from the last checkpoint")
        command.add_argument("--threads", type=int, help="threads for arithmetic on the CPU")
        command.add_argument("--export", action="store_true", help="export the last checkpoint, done or not")
        command.add_argument(
            "--base", type=Path,
            help="what the model starts from: ladder and flow: a model folder (../public/models/karhunen-128), "
            "the transformers: karhunen's checkpoint (RUNS/karhunen-128-seed0.npz)",
        )  # fmt: skip


def run(given: argparse.Namespace) -> None:
    """Runs one subcommand. Asked to end (SIGTERM), a training run keeps what it has."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    together.begin()
    if given.threads:
        torch.set_num_threads(given.threads)
    refines = given.family.startswith("flow") or (given.family == "ladder" and "transformer" not in given.size)
    base = given.base or (Path("../public/models/karhunen-128") if refines else given.runs / "karhunen-128-seed0.npz")
    if _needs_base(given) and not base.exists():
        raise SystemExit(f"{base} is missing: train karhunen first, or name another one with --base")
    leg = (given.size, given.seed, given.resume, given.minutes, given.steps)
    done = given.export or _train(given, base, leg)
    if not done:
        say("not done yet: the same command with --resume continues")
    elif given.out and not together.rank():
        _export(given, base)


def _needs_base(given: argparse.Namespace) -> bool:
    if given.family == "fixed":
        from .fixed.recipe import needs_base

        return needs_base(given.size)
    return given.family in ("ladder", "flow", "flow-distilled")


def _train(given: argparse.Namespace, base: Path, leg: tuple) -> bool:
    """True when all steps are done."""
    if given.family == "perceptual":
        from .perceptual.train import train as perceptual

        return perceptual(given.data, given.runs, *leg)
    if given.family == "ladder":
        from .ladder.recipe import train as ladder

        return ladder(given.data, given.runs, base, *leg)
    if given.family == "fixed":
        from .fixed.recipe import train as fixed

        return fixed(given.data, given.runs, base, *leg, given.variant)
    if given.family == "flow":
        if given.variant:
            from .flow.reflow import train as flow
        else:
            from .flow.train import train as flow

        return flow(given.data, given.runs, base, *leg)
    if given.family == "flow-distilled":
        from .flow.distil import train as distilled

        return distilled(given.data, given.runs, base, *leg, given.variant)
    if given.family == "grid":
        from .grid.train import train as grid

        return grid(given.data, given.runs, *leg, given.variant)
    if given.family == "eye":
        from .eye.train import train as eye

        return eye(given.data, given.runs, *leg)
    from .glyphs.train import train as glyphs

    return glyphs(given.runs, *leg)


def _export(given: argparse.Namespace, base: Path) -> None:
    command = (
        f"python -m tokenoscope_training {given.family} --data DIR --out ../public/models/{given.out.name} "
        f"--size {given.size} --seed {given.seed}"
    )
    variant = getattr(given, "variant", None)
    if variant:
        command += f" --variant {variant}"
    if given.family == "perceptual":
        from .perceptual.build import build as perceptual

        perceptual(given.data, given.out, given.runs, given.size, given.seed, command)
    elif given.family == "ladder":
        from .ladder.recipe import build as ladder

        ladder(given.data, given.out, given.runs, base, given.size, given.seed, command)
    elif given.family == "fixed":
        from .fixed.recipe import build as fixed

        fixed(given.data, given.out, given.runs, given.size, given.seed, command, variant)
    elif given.family in ("flow", "flow-distilled"):
        from .flow.build import build as flow

        flow(given.data, given.out, given.runs, base, given.size, given.seed, command, variant)
    elif given.family == "grid":
        from .grid.build import build as grid

        grid(given.data, given.out, given.runs, given.size, given.seed, command, variant)
    elif given.family == "eye":
        from .eye.build import build as eye

        eye(given.data, given.out, given.runs, given.size, given.seed, command)
    else:
        from .glyphs.build import build as glyphs

        glyphs(given.out, given.runs, given.size, given.seed, command)
