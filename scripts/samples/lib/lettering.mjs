// A geometric lower case of our own: every letter is made of circles and straight strokes, so that no font is
// needed. A letter's x-height is 2 units; the stroke is centred on the path.
const ARC = 'A1 1 0 0 1';
const RING = `M0 -1${ARC}2 -1${ARC}0 -1Z`;
const GLYPHS = {
  a: { wide: 2, path: `${RING}M2 -2V0` },
  e: { wide: 2, path: 'M0 -1H2A1 1 0 1 0 1.62 -0.21' },
  i: { wide: 0, path: 'M0 -2V0', dot: [0, -2.95] },
  k: { wide: 1.45, path: 'M0 -3.2V0M1.35 -2L0 -0.82M0.55 -1.25L1.45 0' },
  m: { wide: 2.6, path: 'M0 0V-2M0 -1.3A0.65 0.7 0 0 1 1.3 -1.3V0M1.3 -1.3A0.65 0.7 0 0 1 2.6 -1.3V0' },
  n: { wide: 1.8, path: 'M0 0V-2M0 -1.1A0.9 0.9 0 0 1 1.8 -1.1V0' },
  o: { wide: 2, path: RING },
  t: { wide: 1.05, path: 'M0.35 -3V-0.65A0.65 0.65 0 0 0 1.05 0M-0.3 -2H1.05' },
};

/**
 * A word as SVG, its baseline at `y`.
 * @param {string} text letters of `GLYPHS` and spaces
 * @param {number} x left edge of the first letter's path
 * @param {number} y
 * @param {number} size pixels of a unit
 * @param {number} stroke units
 * @param {string} colour
 */
export function word(text, x, y, size, stroke, colour) {
  let at = x;
  const parts = [...text].map((letter) => {
    if (letter === ' ') {
      at += 1.1 * size;
      return '';
    }
    const glyph = GLYPHS[letter];
    const dot = glyph.dot
      ? `<circle cx="${glyph.dot[0]}" cy="${glyph.dot[1]}" r="${stroke * 0.66}" fill="${colour}" stroke="none"/>`
      : '';
    const drawn = `<g transform="translate(${at.toFixed(1)} ${y}) scale(${size})"><path d="${glyph.path}"/>${dot}</g>`;
    at += (glyph.wide + stroke + 0.36) * size;
    return drawn;
  });
  return `<g fill="none" stroke="${colour}" stroke-width="${stroke}" stroke-linejoin="round">${parts.join('')}</g>`;
}
