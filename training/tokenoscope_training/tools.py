"""The commands that look at finished models: contact sheets and figures side by side."""

from __future__ import annotations

import argparse
from pathlib import Path

NAMES = ("sheet", "compare", "wrong", "straightness", "ladder-gain", "repack", "eye-labels")


def add_commands(commands: argparse._SubParsersAction) -> None:
    """One subcommand for each of `NAMES`."""
    sheet = commands.add_parser("sheet", help="a contact sheet of one model")
    sheet.add_argument("--model", type=Path, required=True, help="model folder")
    sheet.add_argument("--pictures", type=Path, nargs="*", default=[], help="picture files, a row each")
    sheet.add_argument("--out", type=Path, required=True, help="the sheet, .webp or .png")
    compare = commands.add_parser("compare", help="figures of models, JPEG, WebP and AVIF as JSON")
    compare.add_argument("--models", type=Path, nargs="+", required=True, help="model folders")
    compare.add_argument("--data", type=Path, required=True, help="folder with val.zip, or with picture files")
    compare.add_argument("--limit", type=int, help="so many pictures of val.zip, evenly spread")
    compare.add_argument("--k", type=int, nargs="+", default=[1, 8, 16, 32, 64, 128, 256])
    compare.add_argument("--measure", type=Path, default=Path("../public/measures/tokenoscope-distance"))
    compare.add_argument("--codecs", action=argparse.BooleanOptionalAction, default=True, help="JPEG, WebP and AVIF as well")
    compare.add_argument("--out", type=Path, required=True, help="JSON file")
    wrong = commands.add_parser("wrong", help="figures of grid models whose tokens are partly near ones, as JSON")
    wrong.add_argument("--models", type=Path, nargs="+", required=True, help="model folders")
    wrong.add_argument("--data", type=Path, required=True, help="folder with val.zip, or with picture files")
    wrong.add_argument("--limit", type=int, help="so many pictures of val.zip, evenly spread")
    wrong.add_argument("--share", type=float, nargs="+", default=[0.05, 0.1, 0.2], help="of the tokens, 0 to 1")
    wrong.add_argument("--near", type=int, nargs="+", default=[4, 26], help="any of so many nearest codes")
    wrong.add_argument("--draws", type=int, default=2, help="how often tokens are chosen")
    wrong.add_argument("--out", type=Path, required=True, help="JSON file")
    straight = commands.add_parser("straightness", help="how straight the paths of a flow are")
    straight.add_argument("--model", type=Path, required=True, help="model folder")
    straight.add_argument("--data", type=Path, required=True, help="folder with val.zip, or with picture files")
    straight.add_argument("--limit", type=int, default=20, help="so many pictures of val.zip, evenly spread")
    straight.add_argument("--k", type=int, nargs="+", default=[8, 32, 128])
    straight.add_argument("--steps", type=int, default=16, help="of a path")
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
    from .compare import compare, photographs, shipped

    originals = photographs(given.data, 128, given.limit)
    if given.family == "wrong":
        from .wrong import wrong

        wrong(given.models, originals, given.share, given.near, given.draws, given.out)
        return
    if given.family == "straightness":
        from .flow.straight import measure

        measure(given.model, originals, given.k, given.steps)
        return
    compare(given.models, originals, shipped(given.measure), given.k, given.out, given.codecs)
