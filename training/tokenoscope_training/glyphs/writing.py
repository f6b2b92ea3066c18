"""An endless supply of pictures of writing: words and numbers in the freely usable fonts of this machine.

DejaVu (Bitstream Vera licence, changes in the public domain) and Liberation (SIL Open Font Licence 1.1). Both
licences let rendered text be used for anything; no font is contained in the model's files.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

_FOLDERS = (
    *(Path(folder) for folder in [os.environ.get("TOKENOSCOPE_FONTS")] if folder),
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/truetype/liberation"),
)
"""On a machine without fonts a folder of them can travel with the data."""
_FACES = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSansMono", "DejaVuSansCondensed",
    "LiberationSans-Regular", "LiberationSans-Bold", "LiberationSans-Italic", "LiberationSerif-Regular",
    "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationMono-Regular", "LiberationSansNarrow-Regular",
)  # fmt: skip
_WORDS = (
    "the and for you that with this have from they will would there their what about which when make like time just "
    "know take people into year your good some could them other than then look only come over think also back after "
    "use two how our work first well way even new want because any these give day most us word token image letter "
    "read write light water house tree stone bird river night sun moon star rain wind snow fire earth sea hill road "
    "open close begin end left right up down fast slow big small old young blue green red black white north south "
    "east west music book paper page line point shape colour number zero one three four five six seven eight nine ten "
    "hello world model prefix code bit byte sign data learn train test measure picture pixel patch mind game tea milk"
).split()
_LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


@lru_cache(maxsize=512)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=1)
def faces() -> tuple[str, ...]:
    """The paths of the fonts that are here."""
    found = [folder / f"{face}.ttf" for face in _FACES for folder in _FOLDERS]
    paths = tuple(str(path) for path in found if path.exists())
    if not paths:
        raise SystemExit("no DejaVu or Liberation font found: install fonts-dejavu and fonts-liberation")
    return paths


def _word(rng: np.random.Generator) -> str:
    kind = rng.random()
    if kind < 0.5:
        word = _WORDS[rng.integers(len(_WORDS))]
    elif kind < 0.85:
        ranks = np.minimum(rng.geometric(0.08, rng.integers(2, 8)) - 1, len(_LETTERS) - 1)
        word = "".join(_LETTERS[rank] for rank in ranks)
    else:
        return str(rng.integers(10 ** int(rng.integers(1, 6))))
    style = rng.random()
    return word.upper() if style < 0.15 else word.capitalize() if style < 0.35 else word


def render(side: int, rng: np.random.Generator) -> np.ndarray:
    """One to three lines of dark writing on light paper (sometimes the other way round), uint8 [side, side]."""
    lines = int(rng.choice([1, 2, 3], p=[0.4, 0.4, 0.2]))
    words = [_word(rng) for _ in range(lines)]
    face = faces()[rng.integers(len(faces()))]
    height = side / 64
    size = int(rng.integers(11, 25) * height)
    while True:
        font = _font(face, size)
        boxes = [font.getbbox(word) for word in words]
        if size <= 9 * height or (
            max(box[2] - box[0] for box in boxes) <= 0.94 * side and lines * size * 1.15 <= 0.94 * side
        ):
            break
        size -= 1
    paper, ink = int(rng.integers(225, 256)), int(rng.integers(0, 50))
    if rng.random() < 0.15:
        paper, ink = 255 - paper, 255 - ink
    picture = Image.new("L", (side, side), paper)
    draw = ImageDraw.Draw(picture)
    step = size * float(rng.uniform(1.1, 1.25))
    y = (side - step * lines) / 2 + rng.uniform(-0.5, 0.5) * max(0.0, side - step * lines)
    for word, box in zip(words, boxes, strict=True):
        room = side - (box[2] - box[0])
        x = room / 2 + rng.uniform(-0.5, 0.5) * max(0, room)
        draw.text((x - box[0], y), word, fill=ink, font=font)
        y += step
    return np.asarray(picture)


def batch(count: int, side: int, rng: np.random.Generator) -> np.ndarray:
    """uint8 [count, side, side]."""
    return np.stack([render(side, rng) for _ in range(count)])
