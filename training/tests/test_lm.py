"""The language models' parts, and all of it once at a size of seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tokenoscope_training.lm import bpe, build, corpus, evaluate, fleet, recipe
from tokenoscope_training.lm.muon import Muon, orthogonalised
from tokenoscope_training.lm.net import Decoder, Shape
from tokenoscope_training.lm.train import Log, Run, factor, measure, train

torch.set_num_threads(1)
_LINES = ("The quick brown fox, it's said, jumps over 13 lazy dogs!", "", "Füchse springen; wer nicht?", "So be it.")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared folder of made-up texts in every domain of the recipe."""
    import lzma

    corpora, folder = tmp_path_factory.mktemp("corpora"), tmp_path_factory.mktemp("texts")
    settings = small()
    rng = np.random.default_rng(0)
    for domain in settings["domains"].values():
        for file in domain["files"]:
            path = corpora / file.partition(":")[0]
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = "\n".join(_LINES[i] for i in rng.integers(len(_LINES), size=2000))
            path.write_bytes(lzma.compress(lines.encode()))
    corpus.prepare(corpora, folder, settings, limit=20_000)
    return folder


def small() -> dict[str, Any]:
    return {**recipe.read("tiny"), "bpe_vocabulary": 320, "context": 64}


def shape(dealt: bool = False) -> Shape:
    return Shape(symbols=12, width=16, depth=2, heads=2, context=24, start=12, dealt=dealt)


def filled(net: Decoder) -> Decoder:
    """Weights that all matter: the zeros of a fresh module hide mistakes."""
    torch.manual_seed(3)
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.randn_like(p) * 0.3)
    return net.eval()


def test_fold_leaves_only_the_symbols() -> None:
    assert corpus.fold("Été! Ça — 12;\n \n  va’s?") == "ete. ca ,\nva's?"
    ids = corpus.symbol_ids("Ab c\n")
    assert [corpus.SYMBOLS[i] for i in ids] == list("ab c\n")


def test_held_out_text_is_the_end_of_a_file_from_a_line_on() -> None:
    train_part, held = corpus.cut(b"one\ntwo\nthree\nfour\n", 8)
    assert (train_part, held) == (b"one\ntwo\n", b"three\nfour\n")
    assert corpus.cut(b"abc", 10) == (b"", b"abc")


def test_windows_stay_inside_their_domain() -> None:
    parts = {"a": np.arange(100) % 11, "b": np.arange(50) % 7, "short": np.zeros(5, int), "unread": np.zeros(90, int)}
    stream = corpus.Stream.of(parts, {"a": 3, "b": 1, "short": 5, "unread": 0}, context=20)
    lines = corpus.line_begins(stream.ids, 10)
    offsets = stream.offsets(np.random.default_rng(0), 4000, 20, lines)
    in_a = offsets < 100
    assert offsets.min() >= 0 and offsets[in_a].max() <= 80 and offsets[~in_a].max() <= 130
    assert 0.7 < in_a.mean() < 0.8
    assert np.isin(offsets[in_a], lines).mean() > 0.3


def test_every_id_counts_once_in_bits() -> None:
    ids = np.random.default_rng(1).integers(0, 8, size=101)
    part = evaluate.windows(ids, start=8, context=16)
    seen: list[int] = []

    def log_probs(inputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return np.full(targets.shape, -np.log(8))

    for row in range(len(part.inputs)):
        known = (part.targets[row] >= 0) & (np.arange(16) >= part.first[row])
        seen += part.targets[row][known].tolist()
    assert seen == ids.tolist()
    assert evaluate.bits(log_probs, part, 3)[0] == pytest.approx(3 * 101)


def test_muon_moves_by_orthogonal_blocks() -> None:
    values = torch.linalg.svdvals(orthogonalised(torch.randn(5, 16, 16)))
    assert values.max() < 1.3 and values.median() > 0.6
    matrices = [torch.nn.Parameter(torch.randn(48, 16)), torch.nn.Parameter(torch.randn(16, 48))]
    muon = Muon(matrices, 16, 0.95, 0.0, half=False)
    for given, back in zip(matrices, muon._matrices(muon._blocks([p.detach() for p in matrices])), strict=True):
        assert torch.equal(given, back)
    before = matrices[0].detach().clone()
    matrices[0].grad = torch.randn(48, 16)
    matrices[0].grad[0, 0] = float("nan")
    muon.step(0.1)
    assert torch.isfinite(matrices[0]).all() and not torch.equal(before, matrices[0])


def test_logits_depend_on_the_past_only() -> None:
    net = filled(Decoder(shape()))
    ids = torch.randint(0, 12, (2, 10))
    other = ids.clone()
    other[:, 6:] = (other[:, 6:] + 1) % 12
    assert torch.allclose(net(ids)[:, :6], net(other)[:, :6], atol=1e-5)
    assert not torch.allclose(net(ids)[:, 6:], net(other)[:, 6:], atol=1e-2)


def test_a_lexinvariant_run_renames_every_row(texts: Path) -> None:
    run = Run(small(), "lexinvariant", texts, seed=0, device="cpu", half=False)
    row = torch.arange(33).expand(6, 33)
    dealt = run.deal(row)
    assert torch.equal(dealt.sort(1).values, row) and torch.equal(dealt[:, 32], row[:, 32])
    assert len({tuple(names.tolist()) for names in dealt}) == 6


@pytest.mark.parametrize("dealt", [False, True])
def test_bfloat16_arithmetic_is_close_to_float32(dealt: bool) -> None:
    net = filled(Decoder(shape(dealt)))
    ids = torch.tensor([[12, 3, 4, 5, 11]])
    half = net(ids, torch.bfloat16)
    assert half.dtype == torch.float32
    assert torch.allclose(half, net(ids), rtol=0.1, atol=0.5)


def test_plain_arithmetic_is_the_same() -> None:
    net = filled(Decoder(shape()))
    ids = torch.randint(0, 12, (2, 9))
    fused = net(ids)
    net.use_plain()
    assert torch.allclose(fused, net(ids), atol=1e-4)


def test_the_rate_ends_at_zero() -> None:
    assert factor(0, 0.03, 0.4) < 0.1 and factor(0.2, 0.03, 0.4) == 1 and factor(1, 0.03, 0.4) == 0


def test_bpe_in_pieces_is_bpe_of_the_whole(texts: Path) -> None:
    text = corpus.read(texts, "train")["books"].decode()
    whole = bpe.load(texts).encode(text).ids
    assert bpe.encode(texts, text, size=97).tolist() == whole
    assert bpe.byte_lengths(texts)[whole].sum() == len(text.encode())


@pytest.mark.parametrize("name", ["byte", "bpe", "lexinvariant"])
def test_a_run_learns_and_its_graph_says_the_same(name: str, texts: Path, tmp_path: Path) -> None:
    import time

    settings = small()
    run = Run(settings, name, texts, seed=0, device="cpu", half=False)
    first = float(run.advance(0.2))
    train(run, tmp_path, Log(tmp_path / "log.jsonl", name), until=time.time() + 3)
    assert float(run.advance(1.0)) < first - (0.01 if name == "lexinvariant" else 0.1)
    measure(run, texts, Log(tmp_path / "held.jsonl", name), limit=500)
    build.build_all(tmp_path, texts, tmp_path / "models", "a test", limit=300)
    manifest = json.loads((tmp_path / "models" / f"lm-{name}" / "manifest.json").read_text())
    assert manifest["vocabulary"]["kind"] == name
    if name == "byte":
        assert {path.name for path in (tmp_path / "models").iterdir()} == {"lm-byte", "lm-byte-early", "lm-byte-middle"}


def test_a_model_that_fails_takes_no_other_with_it(texts: Path, tmp_path: Path) -> None:
    assert fleet.run(texts, tmp_path, "tiny", 20, "cpu", ["draft", "unheard-of"], ["--held-limit", "300"]) == 1
    assert (tmp_path / "draft.npz").exists()
    assert '"held": "books"' in (tmp_path / "log.jsonl").read_text()
