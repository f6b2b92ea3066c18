import { rasterise } from '../lib/film.mjs';
import { word } from '../lib/lettering.mjs';

// Large writing as it stands in the world: a road sign at dusk, whose words stay readable at 128 pixels.
function drawing() {
  const paint = '#f4f7f2';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512"><defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#7f9cc4"/><stop offset="0.55" stop-color="#e6c3a8"/><stop offset="0.8" stop-color="#f2b27c"/></linearGradient>
    <linearGradient id="board" x1="0" y1="0" x2="0.4" y2="1"><stop offset="0" stop-color="#1f7a55"/><stop offset="1" stop-color="#155a40"/></linearGradient>
    <linearGradient id="post" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#8c9093"/><stop offset="0.4" stop-color="#c5c9cb"/><stop offset="1" stop-color="#6d7174"/></linearGradient></defs>
    <rect width="512" height="512" fill="url(#sky)"/>
    <path d="M0 410C70 372 120 396 190 384S330 352 400 380 480 392 512 372V512H0Z" fill="#5b5f78"/>
    <path d="M0 446C110 420 210 442 300 432S440 420 512 436V512H0Z" fill="#3d4a3d"/>
    <path d="M206 512L246 440H268L318 512Z" fill="#4a4c52"/><path d="M257 446V462M258 470V490M259 498V512" stroke="#e9e2cf" stroke-width="4"/>
    <rect x="104" y="330" width="20" height="150" fill="url(#post)"/><rect x="388" y="330" width="20" height="150" fill="url(#post)"/>
    <rect x="22" y="58" width="468" height="290" rx="26" fill="url(#board)"/>
    <rect x="34" y="70" width="444" height="266" rx="17" fill="none" stroke="${paint}" stroke-width="6"/>
    ${word('EXIT 7', 72, 188, 29, 0.6, paint)}
    ${word('LONE HILL', 68, 296, 18.6, 0.58, paint)}</svg>`;
}

const render = ({ width, height }) => rasterise(drawing(), width, height);

export const scene = { id: 'road-sign', width: 512, height: 512, samples: 1, render };
