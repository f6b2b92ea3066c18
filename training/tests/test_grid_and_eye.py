"""The grid tokenizer and the eye, at sizes that take seconds: parts, the command line, resuming, storing again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from tests.conftest import run, small_photographs, synthetic_pictures
from tokenoscope_training import evaluate
from tokenoscope_training.eye.labels import REST, WRITING, trunk_path
from tokenoscope_training.eye.net import EyeNet
from tokenoscope_training.eye.trunk import Trunk
from tokenoscope_training.grid.codes import SphereCodes
from tokenoscope_training.grid.net import GridNet
from tokenoscope_training.neural import export
from tokenoscope_training.onnx_graph import WeightFile
from tokenoscope_training.repack.stored import stored_state, widen
from tokenoscope_training.slim import join, slim

torch.set_num_threads(1)


def test_codes_follow_the_latents_and_unused_ones_move() -> None:
    torch.manual_seed(0)
    codes = SphereCodes(16, 4, decay=0.8, reseed_every=5).train()
    centres = torch.nn.functional.normalize(torch.randn(16, 4), dim=1)
    for _ in range(60):
        z = centres[torch.randint(16, (256,))] + 0.02 * torch.randn(256, 4)
        values, apart = codes(z)
    assert apart < 0.05 and torch.allclose(values.norm(dim=1), torch.ones(256), atol=1e-5)
    used = codes.ids(centres).unique()
    assert len(used) > 10
    assert torch.equal(codes.values(codes.ids(centres)), codes.codes[codes.ids(centres).long()])


def test_a_latent_gets_the_gradient_of_its_code() -> None:
    codes = SphereCodes(8, 3).eval()
    z = torch.randn(5, 3, requires_grad=True)
    values, _ = codes(z)
    values.sum().backward()
    assert z.grad is not None and float(z.grad.abs().max()) > 0


def test_tokens_that_are_missing_do_not_matter() -> None:
    torch.manual_seed(0)
    net = GridNet(32, 16, 4, (8, 8), (1, 1, 1, 1)).eval()
    ids = torch.randint(16, (1, 16))
    other = torch.where(torch.arange(16) < 5, ids, 0)
    k = torch.tensor([5])
    assert torch.equal(net.draw(net.quantiser.values(ids), k), net.draw(net.quantiser.values(other), k))


def test_the_eye_looks_as_it_answers_from_any_part_of_the_patches() -> None:
    torch.manual_seed(0)
    net = EyeNet(5, 128, 24, 2, 1).eval()
    for layer in net.layers:
        torch.nn.init.normal_(layer.attention.leave.weight, std=0.1)
    image = torch.rand(2, 3, 128, 128)
    seen = net.look(image)
    assert torch.allclose(seen["probabilities"], net(image).softmax(1), atol=1e-6)
    assert torch.allclose(seen["attention"].sum(-1), torch.ones(2, 2, 1), atol=1e-5)
    assert [tuple(seen[name].shape) for name in ("patches", "keys", "layers")] == [
        (2, 64, 24), (2, 2, 1, 64, 24), (2, 2, 65, 24),
    ]  # fmt: skip
    features = net.trunk(image)
    every = torch.arange(64).expand(2, -1)
    assert torch.allclose(net.answer(features, every.flip(1)), net(image), atol=1e-5)
    assert not torch.allclose(net.answer(features, every[:, :16]), net(image), atol=1e-5)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_photographs(tmp_path_factory.mktemp("data"))


def test_grid_from_the_command_line_to_a_folder(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two legs on two machines: what travels between them is in 16 bits and in parts."""
    runs, out = tmp_path / "runs", tmp_path / "grid-tiny"
    common = ("grid", "--data", data, "--runs", runs, "--size", "tiny", "--out", out)
    run(monkeypatch, *common, "--steps", 4, "--minutes", 0)
    assert not out.exists()
    place = runs / "grid-tiny-seed0"
    monkeypatch.setattr("tokenoscope_training.slim.PART", 20_000)
    assert len(slim(place, whole=True)) > 1
    (place / "checkpoint.pt").unlink()
    join(place)
    run(monkeypatch, *common, "--steps", 4, "--resume")
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["tokens"] == {"count": 256, "bits": 10, "codebookSize": 1024, "ordered": False}
    rgb = synthetic_pictures(1, 128, 9)[0]
    runner = evaluate.Runner(out, 1)
    ids = runner.encode(rgb)
    assert np.array_equal(runner.decode(ids, 100), runner.decode(np.where(np.arange(256) < 100, ids, 0), 100))


def test_eye_from_the_command_line_to_a_folder(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a teacher that has answered before: it is not asked where its answers are."""
    runs, out = tmp_path / "runs", tmp_path / "eye"
    runs.mkdir()
    rng = np.random.default_rng(0)
    answers = {split: rng.integers(1, 255, (count, 3), np.uint8) for split, count in (("train", 48), ("val", 8))}
    np.savez(runs / "eye-labels-256-1-limit48.npz", names=np.array(["a cat", "a dog"]), **answers)
    torch.save(Trunk().state_dict(), trunk_path(runs))
    run(monkeypatch, "eye", "--data", data, "--runs", runs, "--size", "tiny", "--steps", 4, "--out", out)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["classes"] == ["a cat", "a dog", REST, WRITING]
    assert 0 <= manifest["figures"]["agreement"] <= 1


def test_storing_again_keeps_what_a_graph_computes(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = GridNet(64, 32, 8, (32, 48), (1, 1, 1, 1))
    export.round_weights(net)

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = net

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return self.net.latents(image)

    image = torch.rand(1, 3, 64, 64)
    graph = export.to_onnx(Encoder().eval(), (image,), ("image",), "latents")
    weights = WeightFile("weights.bin")
    export.store(graph, weights)
    weights.write(tmp_path)
    export.write(graph, tmp_path / "half.onnx")
    again = onnx.load(tmp_path / "half.onnx", load_external_data=False)
    widen(again, tmp_path, ["weights.bin"])
    smaller = WeightFile("small.bin")
    export.store(again, smaller, filters_int8=True)
    smaller.write(tmp_path)
    export.write(again, tmp_path / "small.onnx")
    assert len(smaller.data) < 0.6 * len(weights.data)
    given = {"image": image.numpy()}
    (half,), (small,) = (onnxruntime.InferenceSession(tmp_path / f"{n}.onnx").run(None, given) for n in ("half", "small"))
    assert 0 < np.abs(half - small).max() < 0.05 * np.abs(half).max()
    state = stored_state(tmp_path, ["small"], "net")
    net.load_state_dict(state, strict=False)
    assert np.abs(net.latents(image).detach().numpy() - small).max() < 1e-5


def test_a_matrix_that_is_there_turned_is_not_stored_again(tmp_path: Path) -> None:
    torch.manual_seed(0)

    class There(torch.nn.Module):
        def __init__(self, matrix: torch.Tensor, turned: bool) -> None:
            super().__init__()
            self.register_buffer("matrix", matrix)
            self.turned = turned

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x @ (self.matrix.T if self.turned else self.matrix)

    matrix = export.round_weights(There(torch.randn(300, 400), False), matrices_int8=True).matrix
    weights, x = WeightFile("weights.bin"), (torch.rand(2, 300), torch.rand(2, 400))
    graphs = [export.to_onnx(There(matrix, bool(way)), (x[way],), ("x",), "y") for way in (0, 1)]
    for graph in graphs:
        export.store(graph, weights, matrices_int8=True)
    weights.write(tmp_path)
    assert len(weights.data) < 130_000
    for way, graph in enumerate(graphs):
        export.write(graph, tmp_path / f"{way}.onnx")
        (y,) = onnxruntime.InferenceSession(tmp_path / f"{way}.onnx").run(None, {"x": x[way].numpy()})
        assert np.abs(y - (x[way] @ (matrix.T if way else matrix)).numpy()).max() < 1e-3
