"""Byte-level BPE with GPT-2's splitting, trained on the same text; `tokenizer.json` is what the app loads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

START = "<|start|>"
"""Begins every text; id 0."""


def train(texts: Mapping[str, bytes], weights: Mapping[str, float], vocabulary: int, out: Path) -> None:
    """Trains on as much of every domain as its weight says, and writes out/tokenizer.json."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=[START], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )  # fmt: skip
    total = sum(len(text) for name, text in texts.items() if weights[name])
    whole = sum(weights.values())

    def lines() -> Iterator[str]:
        for name, text in texts.items():
            share = text[: int(total * weights[name] / whole / 2)].decode("utf-8", "ignore")
            yield from share.splitlines(keepends=True)

    tokenizer.train_from_iterator(lines(), trainer)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)


@cache
def load(folder: Path) -> Any:
    """The tokenizer of a folder."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def encode(folder: Path, text: str, size: int = 200_000) -> np.ndarray:
    """Text -> int16 ids, pieces of about `size` characters in parallel. It is the whole text's encoding: splitting
    separates a line's end from a letter, and no two line's ends are one token, because training saw single lines."""
    tokenizer = load(folder)
    pieces, begin = [], 0
    while begin < len(text):
        end = boundary(text, begin + size)
        pieces.append(text[begin:end])
        begin = end
    parts = tokenizer.encode_batch_fast(pieces)
    return np.concatenate([np.array(part.ids, np.int16) for part in parts]) if parts else np.zeros(0, np.int16)


def boundary(text: str, after: int) -> int:
    """The first place from `after` on where a line's end meets a letter: splitting always cuts there."""
    while after < len(text):
        at = text.find("\n", after)
        if at < 0 or at + 1 >= len(text):
            return len(text)
        if text[at + 1].isalpha():
            return at + 1
        after = at + 1
    return len(text)


def byte_lengths(folder: Path) -> np.ndarray:
    """How many bytes every id stands for, int [vocabulary]; the start counts none."""
    tokenizer = load(folder)
    lengths = np.zeros(tokenizer.get_vocab_size(), np.int64)
    for token, index in tokenizer.get_vocab().items():
        lengths[index] = 0 if token == START else len(token)
    return lengths
