"""The commands that look at finished models: contact sheets and figures side by side."""

from __future__ import annotations

import argparse
from pathlib import Path

NAMES = ("sheet", "compare", "ladder-gain", "repack", "eye-labels")


def add_commands(commands: argparse._SubParsersAction) -> None:
    """`sheet`, `compare`, `ladder-gain`, `repack` and `eye-labels`."""
    sheet = commands.add_parser("sheet", help="a contact sheet of one model")
    sheet.add_argument("--model", type=Path, required=True, help="model folder")
    sheet.add_argument("--pictures", type=Path, nargs="*", default=[], help="picture files, a row each")
    sheet.add_argument("--out", type=Path, required=True, help="the sheet, .webp or .png")
    compare = commands.add_parser("compare", help="figures of models, JPEG, WebP and AVIF as JSON")
    compare.add_argument("--models", type=Path, nargs="+", required=True, help="model folders")
    compare.add_argument("--data", type=Path, required=True, help="folder with val.zip, or with picture files")
    compare.add_argument("--limit", type=int, help="so many pictures of val.zip, evenly spread")
    compare.add_argument("--k", type=int, nargs="+", default=[1, 8, 16, 32, 64, 128, 256])
    compare.add_argument("--runs", type=Path, default=Path("runs"), help="where perceptual-1.pt lies")
    compare.add_argument("--out", type=Path, required=True, help="JSON file")
    gain = commands.add_parser("ladder-gain", help="how much of its residual ladder (cpu) draws, by prefix length")
    gain.add_argument("--model", type=Path, required=True, help="ladder's folder, which is rewritten")
    gain.add_argument("--base", type=Path, default=Path("../public/models/karhunen-128"), help="the folder below it")
    gain.add_argument("--data", type=Path, required=True, help="folder with the zips of pictures")
    gain.add_argument("--limit", type=int, default=400, help="so many training pictures, evenly spread")
    gain.add_argument("--runs", type=Path, default=Path("runs"), help="where decoded pictures are kept")
    repack = commands.add_parser("repack", help="stores an exported model again with int8 filters, without its checkpoint")
    repack.add_argument("--model", type=Path, required=True, help="model folder, which is rewritten")
    repack.add_argument("--keep", nargs="*", default=[], help="graphs that stay in 16 bits: encoder, decoder, ...")
    repack.add_argument("--data", type=Path, help="folder with val.zip: measures before and after, and stops where it cost too much")
    repack.add_argument("--pictures", type=int, default=100, help="how many pictures to measure")
    repack.add_argument("--measure", type=Path, default=Path("../public/measures/tokenoscope-distance"))
    repack.add_argument("--runs", type=Path, default=Path("runs"), help="where decoded pictures are kept")
    labels = commands.add_parser("eye-labels", help="asks eye's teacher what the pictures show, once")
    labels.add_argument("--data", type=Path, required=True, help="folder with the zips of pictures")
    labels.add_argument("--size", default="cpu", help="table of configs/eye.toml")
    labels.add_argument("--runs", type=Path, default=Path("runs"), help="where the answers are kept")
    labels.add_argument("--threads", type=int, help="threads for arithmetic")


def run(given: argparse.Namespace) -> None:
    """Runs one of them."""
    if given.family == "sheet":
        from .sheet import draw

        draw(given.model, given.pictures, given.out)
        return
    if given.family == "repack":
        from .repack.command import repack

        repack(given.model, given.keep, given.data, given.runs, given.pictures, given.measure)
        return
    if given.family == "eye-labels":
        import torch

        from .eye.labels import labels
        from .neural import config

        if given.threads:
            torch.set_num_threads(given.threads)
        labels(given.data, given.runs, config.read("eye", given.size))
        return
    if given.family == "ladder-gain":
        from .ladder.gain import apply

        apply(given.model, given.base, given.data, given.runs, given.limit)
        return
    from .compare import compare, photographs
    from .perceptual import distance

    pictures_ = photographs(given.data, 128, given.limit)
    compare(given.models, pictures_, distance.load(given.runs / "perceptual-1.pt"), given.k, given.out)
