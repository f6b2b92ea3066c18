import { rasterise } from '../lib/film.mjs';
import { word } from '../lib/lettering.mjs';
import { hash } from '../lib/random.mjs';

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
