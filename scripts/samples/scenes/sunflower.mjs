import { rasterise } from '../lib/film.mjs';
import { random } from '../lib/random.mjs';

// A sunflower against an out-of-focus meadow. The seeds sit at multiples of the golden angle
// (H. Vogel, 1979): r = c sqrt(n), angle = n * 137.5 degrees.
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const CX = 262;
const CY = 250;
const DISC = 92;

const n1 = (x) => x.toFixed(1);

function hsl(h, s, l) {
  return `hsl(${n1(h)} ${n1(s)}% ${n1(l)}%)`;
}

function meadow(rng) {
  const spots = [];
  for (let i = 0; i < 70; i++) {
    const y = rng() * 512;
    const sun = rng() < 0.3;
    const colour = sun
      ? hsl(48 + 10 * rng(), 80, 58)
      : hsl(85 + 45 * rng(), 38, 18 + 34 * (1 - y / 512) + 8 * rng());
    spots.push(
      `<circle cx="${n1(rng() * 512)}" cy="${n1(y)}" r="${n1(16 + 34 * rng())}" fill="${colour}" opacity="${n1(0.25 + 0.4 * rng())}"/>`,
    );
  }
  return `<rect width="512" height="512" fill="url(#meadow)"/><g filter="url(#far)">${spots.join('')}</g>
    <circle cx="90" cy="40" r="190" fill="url(#sun)"/>`;
}

/** One petal along +x, its root at the origin. */
function petal(rng, reach, wide, tone, id) {
  const bend = (rng() - 0.5) * 26;
  const tip = `${n1(reach)},${n1(bend)}`;
  const edge = (side) => {
    const w = side * wide * (0.9 + 0.2 * rng());
    return [`${n1(reach * 0.25)},${n1(w)}`, `${n1(reach * 0.72)},${n1(w * 1.05 + bend * 0.6)}`];
  };
  const top = edge(-1);
  const low = edge(1);
  const outline = `M0,0 C${top[0]} ${top[1]} ${tip} C${low[1]} ${low[0]} 0,0Z`;
  const veins = [-0.5, -0.2, 0.12, 0.42].map((v) => {
    const w = v * wide;
    return `<path d="M${n1(reach * 0.2)},${n1(w * 0.5)} Q${n1(reach * 0.6)},${n1(w + bend * 0.3)} ${n1(reach * 0.93)},${n1(w * 0.35 + bend * 0.9)}" stroke="${hsl(30, 85, 34)}" stroke-width="1.3" fill="none" opacity="0.26"/>`;
  });
  return `<linearGradient id="${id}" x1="0" x2="1" y1="0.2" y2="0.5">
      <stop offset="0" stop-color="${hsl(26, 92, tone * 0.46)}"/><stop offset="0.35" stop-color="${hsl(38, 96, tone * 0.84)}"/>
      <stop offset="0.8" stop-color="${hsl(46, 98, tone)}"/><stop offset="1" stop-color="${hsl(50, 98, tone * 1.12)}"/></linearGradient>
    <path d="${outline}" fill="url(#${id})"/>${veins.join('')}
    <path d="M${n1(reach * 0.2)},0 Q${n1(reach * 0.6)},${n1(bend * 0.2)} ${n1(reach * 0.95)},${n1(bend * 0.95)}" stroke="${hsl(50, 100, 76)}" stroke-width="2.4" fill="none" opacity="0.35"/>`;
}

function ring(rng, { count, reach, wide, offset, shade, name }) {
  const parts = [];
  for (let i = 0; i < count; i++) {
    const turn = ((i + offset) / count) * 360 + (rng() - 0.5) * 9;
    const up = Math.sin((turn * Math.PI) / 180);
    const left = -Math.cos((turn * Math.PI) / 180);
    // Light falls from the upper left.
    const tone = (51 - 6 * up + 3.5 * left + 5 * (rng() - 0.5)) * shade;
    const long = reach * (0.88 + 0.24 * rng());
    parts.push(
      `<g transform="translate(${CX} ${CY}) rotate(${n1(turn)}) translate(${DISC - 22} 0)" filter="url(#cast)">${petal(rng, long, wide, tone, `${name}${i}`)}</g>`,
    );
  }
  return parts.join('');
}

function disc() {
  const seeds = [];
  const count = 720;
  for (let n = count; n >= 0; n--) {
    const share = Math.sqrt(n / count);
    const r = DISC * share;
    const x = CX + r * Math.cos(n * GOLDEN);
    const y = CY + r * Math.sin(n * GOLDEN);
    const size = 1.9 + 2.5 * share - 1.2 * Math.max(0, share - 0.8);
    const light = 1 - 0.34 * ((x - CX) / DISC) - 0.4 * ((y - CY) / DISC);
    // Green-gold buds in the middle, a dark ring, then florets heavy with pollen at the rim.
    const band = share < 0.34 ? [62 - 40 * share, 46, 31] : share < 0.72 ? [24, 48, 15] : [34, 78, 36];
    const l = band[2] * (0.62 + 0.4 * light);
    seeds.push(
      `<circle cx="${n1(x + 0.7)}" cy="${n1(y + 1)}" r="${n1(size)}" fill="#180b04" opacity="0.75"/><circle cx="${n1(x)}" cy="${n1(y)}" r="${n1(size * 0.84)}" fill="${hsl(band[0], band[1], l)}"/><circle cx="${n1(x - size * 0.25)}" cy="${n1(y - size * 0.3)}" r="${n1(size * 0.32)}" fill="${hsl(band[0] + 8, 85, Math.min(88, l * 1.8))}" opacity="0.8"/>`,
    );
  }
  return `<circle cx="${CX}" cy="${CY}" r="${DISC + 4}" fill="#2a1408"/>${seeds.join('')}
    <circle cx="${CX}" cy="${CY}" r="${DISC + 6}" fill="url(#dome)"/>`;
}

function leaf(x, y, turn, size) {
  return `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})" filter="url(#cast)">
    <path d="M0,0 C60,-70 150,-60 210,10 C140,60 60,60 0,0Z" fill="url(#leaf)"/>
    <path d="M0,0 Q100,-16 205,9 M50,-8 Q80,-36 110,-42 M95,-9 Q125,-34 150,-34 M60,-7 Q90,22 118,32 M105,-8 Q135,12 158,20" stroke="#b7cf7a" stroke-width="2.2" fill="none" opacity="0.5"/></g>`;
}

function drawing() {
  const rng = random(61);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512"><defs>
    <linearGradient id="meadow" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="#bfd8d2"/><stop offset="0.35" stop-color="#86a86a"/><stop offset="1" stop-color="#1d3320"/></linearGradient>
    <radialGradient id="sun"><stop offset="0" stop-color="#fff3cf" stop-opacity="0.95"/><stop offset="1" stop-color="#fff3cf" stop-opacity="0"/></radialGradient>
    <radialGradient id="dome" cx="0.36" cy="0.32" r="0.75"><stop offset="0" stop-color="#ffd98a" stop-opacity="0.22"/><stop offset="0.55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#120602" stop-opacity="0.72"/></radialGradient>
    <linearGradient id="leaf" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#1f4420"/><stop offset="1" stop-color="#6f9a45"/></linearGradient>
    <linearGradient id="stalk" x1="0" x2="1" y1="0" y2="0"><stop offset="0" stop-color="#7fa550"/><stop offset="1" stop-color="#25461f"/></linearGradient>
    <filter id="far" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="11"/></filter>
    <filter id="cast" x="-30%" y="-60%" width="160%" height="220%"><feGaussianBlur in="SourceAlpha" stdDeviation="4" result="b"/><feOffset in="b" dx="2" dy="3" result="o"/><feComponentTransfer in="o" result="s"><feFuncA type="linear" slope="0.5"/></feComponentTransfer><feMerge><feMergeNode in="s"/><feMergeNode in="SourceGraphic"/></feMerge></filter></defs>
    ${meadow(rng)}
    <path d="M252,300 C258,390 282,450 290,540 L318,540 C306,450 284,390 280,300Z" fill="url(#stalk)"/>
    ${leaf(284, 470, -24, 1.05)}${leaf(284, 480, 196, 0.95)}
    ${ring(rng, { count: 23, reach: 142, wide: 27, offset: 0.5, shade: 0.8, name: 'b' })}
    ${ring(rng, { count: 21, reach: 128, wide: 28, offset: 0, shade: 1, name: 'f' })}
    ${disc()}</svg>`;
}

const render = ({ width, height }) => rasterise(drawing(), width, height);

export const scene = { id: 'sunflower', width: 512, height: 512, samples: 1, render };
