"""Training pictures of 160 pixels as pictures of 256: their DCT, enlarged, with what reduction took from it given back.

The low frequencies of a picture do not depend on its size; beyond 80 of 128 cycles the enlarged ones hold nothing, and
shapes learned from them use nothing there. A picture that was reduced is weaker near its own limit than a larger one
at the same frequency, so each frequency is amplified by what a further reduction, by the same factor, takes away.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from .encode import to_bytes
from .transform import dct_rows

_WEBP_QUALITY = 76
_MOST = 2.5
_BATCH = 50


def _as_stored(rgb: np.ndarray, size: int) -> np.ndarray:
    """A reduced picture as the training data store theirs."""
    file = io.BytesIO()
    Image.fromarray(rgb).resize((size, size), Image.Resampling.BICUBIC).save(file, "WEBP", quality=_WEBP_QUALITY)
    return np.asarray(Image.open(file).convert("RGB"))


def _spectrum(rgb: np.ndarray, keep: int) -> np.ndarray:
    """Mean energy of the grey picture at each of keep x keep frequencies, for one pixel."""
    rows = dct_rows(keep, rgb.shape[1])
    grey = rgb.astype(np.float64).mean(3) / 255 - 0.5
    return np.square(rows @ grey @ rows.T).mean(0) / rgb.shape[1] ** 2


def lost(rgb: np.ndarray, factor: float) -> np.ndarray:
    """How many times weaker reduction by `factor` leaves amplitudes, by radial frequency up to the smaller limit."""
    size = round(rgb.shape[1] / factor)
    small = np.stack([_as_stored(picture, size) for picture in rgb])
    ratio = np.sqrt(_spectrum(rgb, size) / _spectrum(small, size))
    radius = np.rint(np.hypot(*np.mgrid[0:size, 0:size])).astype(int)
    return np.clip([np.median(ratio[radius == r]) for r in range(size)], 1, _MOST)


def enlarge(rgb: np.ndarray, size: int, gain: np.ndarray) -> np.ndarray:
    """uint8 [n, s, s, 3] -> [n, size, size, 3]; `gain` by radial frequency, over the range that s holds."""
    small = rgb.shape[1]
    there, back = dct_rows(small, small).astype(np.float32), dct_rows(small, size).astype(np.float32)
    radius = np.hypot(*np.mgrid[0:small, 0:small]) * len(gain) / small
    amplify = (np.interp(radius, np.arange(len(gain)), gain) * size / small).astype(np.float32)
    out = np.empty((len(rgb), size, size, 3), np.uint8)
    for start in range(0, len(rgb), _BATCH):
        planes = rgb[start : start + _BATCH].astype(np.float32).transpose(0, 3, 1, 2) / 255 - 0.5
        drawn = back.T @ ((there @ planes @ there.T) * amplify) @ back + 0.5
        out[start : start + _BATCH] = to_bytes(drawn.transpose(0, 2, 3, 1))
    return out
