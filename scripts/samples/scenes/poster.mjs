import { rasterise } from '../lib/film.mjs';
import { hash } from '../lib/random.mjs';

// A poster in a geometric lower case of our own: every letter is made of circles and straight strokes,
// so that no font is needed. A letter's x-height is 2 units; the stroke is centred on the path.
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

function word(text, x, y, size, stroke, colour) {
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

/** The row of tokens along the foot: kept ones filled, the others in outline. */
function tokens() {
  const hues = ['#1d3557', '#d1493f', '#f3ead7', '#2f7f79'];
  return Array.from({ length: 12 }, (_, i) => {
    const x = 40 + i * 36.4;
    const fill = i < 7 ? hues[Math.floor(hash(i, 4) * 4)] : 'none';
    return `<rect x="${x}" y="446" width="29" height="29" rx="4" fill="${fill}" stroke="#1d3557" stroke-width="2.5"/>`;
  }).join('');
}

function drawing() {
  const ink = '#1d3557';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512"><defs>
    <radialGradient id="paper" cx="0.4" cy="0.3" r="0.95"><stop offset="0" stop-color="#f6c453"/><stop offset="1" stop-color="#e9a53a"/></radialGradient>
    <linearGradient id="ball" x1="0" y1="0" x2="0.7" y2="1"><stop offset="0" stop-color="#e2604f"/><stop offset="1" stop-color="#c33c36"/></linearGradient></defs>
    <rect width="512" height="512" fill="url(#paper)"/>
    <circle cx="392" cy="128" r="92" fill="url(#ball)"/>
    ${[0, 1, 2, 3, 4].map((i) => `<path d="M300 ${102 + i * 22}H484" stroke="#f0b548" stroke-width="${2 + i * 2.4}"/>`).join('')}
    ${word('one', 52, 146, 38, 0.62, ink)}
    ${word('token', 52, 290, 33, 0.62, ink)}
    ${word('at a time', 52, 400, 21.5, 0.62, '#b8322f')}
    ${tokens()}</svg>`;
}

const render = ({ width, height }) => rasterise(drawing(), width, height);

export const scene = { id: 'poster', width: 512, height: 512, samples: 1, render };
