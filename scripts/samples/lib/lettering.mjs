// Geometric letters of our own: every one is made of arcs and straight strokes, so that no font is needed. The
// x-height is 2 units, capitals are 3 high; the stroke is centred on the path.
const ARC = 'A1 1 0 0 1';
const RING = `M0 -1${ARC}2 -1${ARC}0 -1Z`;
const GLYPHS = {
  7: { wide: 1.8, path: 'M0 -3H1.8L0.5 0' },
  E: { wide: 1.6, path: 'M1.6 -3H0V0H1.6M0 -1.5H1.35' },
  H: { wide: 1.9, path: 'M0 -3V0M1.9 -3V0M0 -1.5H1.9' },
  I: { wide: 0, path: 'M0 -3V0' },
  L: { wide: 1.5, path: 'M0 -3V0H1.5' },
  N: { wide: 1.9, path: 'M0 0V-3L1.9 0V-3' },
  O: { wide: 2.2, path: 'M0 -1.5A1.1 1.5 0 0 1 2.2 -1.5A1.1 1.5 0 0 1 0 -1.5Z' },
  T: { wide: 2, path: 'M0 -3H2M1 -3V0' },
  X: { wide: 2, path: 'M0 -3L2 0M2 -3L0 0' },
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
