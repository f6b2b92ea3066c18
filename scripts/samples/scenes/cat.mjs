import { rasterise } from '../lib/film.mjs';
import { fbm, noise2 } from '../lib/noise.mjs';
import { random } from '../lib/random.mjs';
import { clamp, mix, smoothstep } from '../lib/vec3.mjs';

// A tabby drawn hair by hair: some forty thousand strokes that grow outward from the nose, coloured by
// the coat's pattern, and eyes, nose and whiskers on top. Canvas units are pixels of 512, y down.
const NOSE = [256, 318];
const EYES = [
  [196, 262],
  [316, 262],
];
const n1 = (v) => v.toFixed(1);
const rgb = (c) => `rgb(${c.map((v) => Math.round(clamp(v, 0, 255))).join(' ')})`;

const inEllipse = (x, y, cx, cy, a, b) => ((x - cx) / a) ** 2 + ((y - cy) / b) ** 2;

/** Share of the way from one ear's root to its tip, or -1 outside. */
function ear(x, y) {
  const side = x < 256 ? 256 - x : x - 256;
  // Root 22 to 140 from the middle line, tip 109 from it and 130 up.
  const t = (224 - y) / (224 - 94);
  if (t < -0.12 || t > 1) return { t: -1, u: 0 };
  const left = 22 + 82 * t ** 1.15;
  const right = 140 - 26 * t ** 1.8;
  const u = (side - left) / (right - left);
  return u > 0 && u < 1 ? { t, u } : { t: -1, u: 0 };
}

function part(x, y) {
  if (inEllipse(x, y, 256, 290, 146, 122) < 1 || inEllipse(x, y, 256, 326, 152, 84) < 1) return 'head';
  if (ear(x, y).t >= 0) return 'ear';
  const wide = 112 + (y - 350) * 0.62;
  return y > 350 && Math.abs(x - 256) < wide ? 'chest' : null;
}

const BROWN = [140, 108, 78];
const SAND = [196, 164, 124];
const DARK = [44, 33, 28];
const WHITE = [246, 240, 230];

/** The coat's colour at a place: ground, stripes, white of muzzle and chest. */
function coat(x, y, where) {
  const side = Math.abs(x - 256);
  const warp = 8 * noise2(x * 0.02, y * 0.02, 7);
  let colour = mix(BROWN, SAND, smoothstep(0.1, 0.9, 0.5 + 0.5 * fbm(x * 0.012, y * 0.012, 3, 5)));
  if (where === 'ear') {
    const { t, u } = ear(x, y);
    const rim = Math.min(u, 1 - u);
    const inner = smoothstep(0.1, 0.26, rim) * smoothstep(0.95, 0.7, t);
    return mix(mix(BROWN, DARK, 0.35 + 0.4 * t), [206, 146, 130], inner * 0.85);
  }
  if (where === 'head') {
    // The tabby's M above the brow, bars on the cheeks, a line from the eye's corner.
    const brow =
      smoothstep(250, 214, y) * smoothstep(0.1, 0.7, Math.cos((side + warp * 0.5) * 0.205 + (y - 200) * 0.0));
    const cheek =
      smoothstep(84, 118, side) * smoothstep(0.15, 0.75, Math.sin((y + side * 0.34 + warp) * 0.165));
    const corner = Math.exp(-(((y - 272 - (side - 80) * 0.28) / 6) ** 2)) * smoothstep(78, 96, side);
    colour = mix(colour, DARK, clamp(0.82 * brow + 0.72 * cheek + 0.6 * corner));
    const bridge = Math.exp(-((side / 21) ** 2)) * smoothstep(225, 262, y) * smoothstep(330, 300, y);
    colour = mix(colour, [186, 138, 100], 0.8 * bridge);
    const spectacles = EYES.reduce(
      (m, [ex, ey]) => Math.max(m, Math.exp(-((inEllipse(x, y, ex, ey, 52, 40) - 0.55) ** 2) * 7)),
      0,
    );
    colour = mix(colour, WHITE, 0.55 * spectacles * smoothstep(302, 262, y - 0) + 0);
    const muzzle =
      1 -
      smoothstep(
        0.6,
        1.25,
        Math.min(
          inEllipse(x, y, 224, 346, 46, 36),
          inEllipse(x, y, 288, 346, 46, 36),
          inEllipse(x, y, 256, 384, 44, 28),
        ),
      );
    return mix(colour, WHITE, muzzle);
  }
  const bib = 1 - smoothstep(50, 108, side + 0.3 * warp - (y - 400) * 0.22);
  const bars = smoothstep(0.1, 0.8, Math.sin((y * 0.8 - side * 0.75 + warp * 2) * 0.11));
  return mix(mix(colour, DARK, 0.65 * bars), WHITE, bib);
}

/** Soft studio light from the upper left; the head shades the chest. */
function light(x, y, where) {
  const u = (x - 256) / 150;
  const v = (y - 290) / 130;
  let value = 1.04 - 0.2 * u - 0.14 * v;
  if (where === 'head') value -= 0.34 * smoothstep(0.55, 1.05, Math.hypot(u, v));
  if (where === 'chest') value -= 0.5 * Math.exp(-((y - 392) / 42)) * smoothstep(190, 90, Math.abs(x - 256));
  if (where === 'ear') value -= 0.06;
  const socket = EYES.reduce((m, [ex, ey]) => Math.max(m, Math.exp(-inEllipse(x, y, ex, ey - 6, 44, 32))), 0);
  return value - 0.22 * socket * (where === 'head' ? 1 : 0);
}

function fur(rng) {
  const hairs = [];
  while (hairs.length < 42_000) {
    const x = 40 + 432 * rng();
    const y = 56 + 470 * rng();
    const where = part(x, y);
    if (!where) continue;
    const away = Math.hypot(x - NOSE[0], y - NOSE[1]);
    if (where === 'chest' && rng() < 0.3) continue;
    const flow = 0.55 * noise2(x * 0.018, y * 0.018, 21) + 0.5 * (rng() - 0.5);
    const out = Math.atan2(y - NOSE[1], x - NOSE[0]);
    const down = Math.PI / 2 + 0.5 * ((x - 256) / 150);
    const up = -Math.PI / 2 + (x < 256 ? -0.35 : 0.35);
    const turn = (where === 'chest' ? down : where === 'ear' ? up : out) + flow;
    const long =
      (where === 'chest' ? 20 : where === 'ear' ? 9 : 4 + 9 * smoothstep(20, 150, away)) *
      (0.7 + 0.6 * rng());
    const tone = light(x, y, where) * (0.76 + 0.44 * rng());
    const colour = rgb(coat(x, y, where).map((c, i) => c * tone * [1.02, 1, 0.96][i]));
    const bend = (rng() - 0.5) * 0.7;
    const mid = `${n1(Math.cos(turn) * long * 0.5)} ${n1(Math.sin(turn) * long * 0.5)}`;
    const end = `${n1(Math.cos(turn + bend) * long)} ${n1(Math.sin(turn + bend) * long)}`;
    const order = where === 'chest' ? 3000 - y : where === 'ear' ? 1500 + (y - 200) * -1 : away;
    hairs.push([
      order,
      `<path d="M${n1(x)} ${n1(y)}q${mid} ${end}" stroke="${colour}" stroke-width="${n1(1.1 + 0.9 * rng())}"/>`,
    ]);
  }
  // Roots near the nose lie over the tips that grow towards them from outside: draw outside first.
  hairs.sort((a, b) => b[0] - a[0]);
  return `<g fill="none" stroke-linecap="round" opacity="0.97">${hairs.map((h) => h[1]).join('')}</g>`;
}

function eye([x, y], inner) {
  const s = inner;
  const lid = `M${-38 * s},-9 C${-24 * s},-36 ${18 * s},-36 ${37 * s},15 C${14 * s},31 ${-20 * s},27 ${-38 * s},-9Z`;
  return `<g transform="translate(${x} ${y})">
    <path d="${lid}" fill="#120c0a" transform="scale(1.14)"/>
    <clipPath id="lid${x}"><path d="${lid}"/></clipPath>
    <g clip-path="url(#lid${x})"><circle r="34" fill="url(#iris)"/><circle r="34" fill="none" stroke="#2c3a12" stroke-width="5" opacity="0.7"/>
      <ellipse rx="10.5" ry="24" fill="#070504"/><rect x="-45" y="-40" width="90" height="24" fill="#000" opacity="0.42" filter="url(#soft)"/>
      <ellipse cx="9" cy="15" rx="16" ry="6" fill="#f6ffb0" opacity="0.22"/></g>
    <ellipse cx="-11" cy="-11" rx="8" ry="7" fill="#fff" opacity="0.95"/><circle cx="11" cy="11" r="3" fill="#fff" opacity="0.6"/></g>`;
}

function whiskers(rng) {
  const lines = [];
  for (const side of [-1, 1]) {
    for (let i = 0; i < 8; i++) {
      const x = 256 + side * (34 + 7 * (i % 3));
      const y = 340 + 5 * i - 8 * (i % 3) * 0.4;
      const reach = 120 + 60 * rng();
      const rise = -30 + i * 13 + 8 * rng();
      lines.push(
        `<path d="M${n1(x)} ${n1(y)}q${n1(side * reach * 0.5)} ${n1(rise * 0.3 - 12)} ${n1(side * reach)} ${n1(rise)}"/>`,
      );
    }
    for (let i = 0; i < 3; i++)
      lines.push(
        `<path d="M${n1(256 + side * (52 + 7 * i))} 232q${n1(side * 12)} -46 ${n1(side * (34 + 14 * i))} -74"/>`,
      );
  }
  return `<g fill="none" stroke="#fffdf6" stroke-width="1.3" stroke-linecap="round" opacity="0.8">${lines.join('')}</g>`;
}

function drawing() {
  const rng = random(9);
  const lamps = Array.from(
    { length: 16 },
    () =>
      `<circle cx="${n1(512 * rng())}" cy="${n1(330 * rng())}" r="${n1(12 + 30 * rng())}" fill="${rng() < 0.6 ? '#ffd08a' : '#ff9d6b'}" opacity="${n1(0.12 + 0.3 * rng())}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512"><defs>
    <linearGradient id="room" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="#35606b"/><stop offset="0.6" stop-color="#1d3a47"/><stop offset="1" stop-color="#10202b"/></linearGradient>
    <radialGradient id="iris" cx="0.5" cy="0.58" r="0.55"><stop offset="0" stop-color="#e6e36a"/><stop offset="0.5" stop-color="#a9c043"/><stop offset="1" stop-color="#4d7530"/></radialGradient>
    <linearGradient id="nose" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#e3a193"/><stop offset="1" stop-color="#a85a53"/></linearGradient>
    <filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="5"/></filter>
    <filter id="far" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="7"/></filter></defs>
    <rect width="512" height="512" fill="url(#room)"/><g filter="url(#far)">${lamps.join('')}</g>
    <g filter="url(#soft)"><ellipse cx="256" cy="296" rx="140" ry="112" fill="#4a3a2e"/><path d="M150 380L70 530H442L362 380Z" fill="#4a3a2e"/></g>
    ${fur(rng)}
    ${eye(EYES[0], -1)}${eye(EYES[1], 1)}
    <path d="M229 308C240 300 272 300 283 308C284 322 268 333 256 336C244 333 228 322 229 308Z" fill="url(#nose)"/>
    <path d="M241 320q5 5 9 1M271 320q-5 5 -9 1" stroke="#5c2723" stroke-width="3.4" fill="none" stroke-linecap="round"/>
    <ellipse cx="250" cy="309" rx="10" ry="3.4" fill="#fff" opacity="0.35"/>
    <path d="M256 336V350M256 350C250 364 228 366 216 356M256 350C262 364 284 366 296 356" stroke="#53352c" stroke-width="2.8" fill="none" stroke-linecap="round"/>
    <g fill="#5a463a" opacity="0.6">${[0, 1, 2, 3, 4, 5].map((i) => `<circle cx="${220 - 9 * (i % 3)}" cy="${338 + 9 * Math.floor(i / 3)}" r="1.7"/><circle cx="${292 + 9 * (i % 3)}" cy="${338 + 9 * Math.floor(i / 3)}" r="1.7"/>`).join('')}</g>
    ${whiskers(rng)}</svg>`;
}

const render = ({ width, height }) => rasterise(drawing(), width, height);

export const scene = { id: 'cat', width: 512, height: 512, samples: 1, render };
