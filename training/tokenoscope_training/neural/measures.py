"""PSNR, SSIM and MS-SSIM in batches, by the same definitions as the app's (`src/measures/image-measures`)."""

from __future__ import annotations

import torch
from torch.nn import functional as F

_WINDOW, _SIGMA = 11, 1.5
_C1, _C2 = 0.01**2, 0.03**2
_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


def psnr(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """RGB [n, 3, h, w] in [0, 1] -> dB [n] over all values of all channels, without rounding to 8 bits."""
    return -10 * torch.log10((a - b).double().square().mean((1, 2, 3)).clamp_min(1e-12))


def _luma(image: torch.Tensor) -> torch.Tensor:
    return (image * image.new_tensor([0.299, 0.587, 0.114])[:, None, None]).sum(1, keepdim=True)


def _gaussian(size: int, like: torch.Tensor) -> torch.Tensor:
    taps = torch.exp(-((torch.arange(size, dtype=torch.float64) - (size - 1) / 2) ** 2) / (2 * _SIGMA**2))
    return (taps / taps.sum()).to(like)


def _structure(x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Luma planes [n, 1, h, w] -> mean SSIM [n] and mean contrast times structure [n]."""
    down, across = (_gaussian(min(_WINDOW, side), x) for side in x.shape[2:])

    def blur(z: torch.Tensor) -> torch.Tensor:
        return F.conv2d(F.conv2d(z, down.view(1, 1, -1, 1)), across.view(1, 1, 1, -1))

    mx, my = blur(x), blur(y)
    levels = mx * mx + my * my
    contrast = (2 * (blur(x * y) - mx * my) + _C2) / (blur(x * x + y * y) - levels + _C2)
    similarity = (2 * mx * my + _C1) / (levels + _C1) * contrast
    return similarity.mean((1, 2, 3)), contrast.mean((1, 2, 3))


def ssim(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Structural similarity on luma (Wang, Bovik, Sheikh, Simoncelli 2004): RGB [n, 3, h, w] in [0, 1] -> [n]."""
    return _structure(_luma(a), _luma(b))[0]


def ms_ssim(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Multi-scale SSIM on luma (Wang, Simoncelli, Bovik 2003), as many of its five scales as hold the window."""
    x, y = _luma(a), _luma(b)
    scales = [_structure(x, y)]
    while len(scales) < len(_WEIGHTS):
        x, y = F.avg_pool2d(x, 2), F.avg_pool2d(y, 2)
        if min(x.shape[2:]) < _WINDOW:
            break
        scales.append(_structure(x, y))
    weights = _WEIGHTS[: len(scales)]
    out = torch.ones_like(scales[0][0])
    for index, ((similarity, contrast), weight) in enumerate(zip(scales, weights, strict=False)):
        mean = similarity if index == len(scales) - 1 else contrast
        out = out * mean.clamp_min(0) ** (weight / sum(weights))
    return out
