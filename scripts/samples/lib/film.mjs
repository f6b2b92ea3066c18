import sharp from 'sharp';
import { hash, random } from './random.mjs';
import { clamp } from './vec3.mjs';

/**
 * Evaluates `shade(x, y, rng)` over a picture with `samples` x `samples` stratified rays a pixel.
 * x runs right and y up, in units of half the height, the centre being 0. `shade` gives linear RGB.
 * @returns {{width: number, height: number, data: Float32Array}} linear RGB, interleaved
 */
export function expose({ width, height, samples }, shade) {
  const data = new Float32Array(width * height * 3);
  for (let py = 0; py < height; py++) {
    for (let px = 0; px < width; px++) {
      const rng = random(py * 8191 + px);
      let r = 0;
      let g = 0;
      let b = 0;
      for (let s = 0; s < samples * samples; s++) {
        const sx = px + ((s % samples) + rng()) / samples;
        const sy = py + (Math.floor(s / samples) + rng()) / samples;
        const colour = shade((2 * sx - width) / height, (height - 2 * sy) / height, rng);
        r += colour[0];
        g += colour[1];
        b += colour[2];
      }
      const at = (py * width + px) * 3;
      const n = samples * samples;
      data[at] = r / n;
      data[at + 1] = g / n;
      data[at + 2] = b / n;
    }
  }
  return { width, height, data };
}

/** Separable Gaussian blur of a linear picture; sigma in pixels. */
function blur(film, sigma) {
  const { width, height } = film;
  const radius = Math.ceil(sigma * 2.5);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((a, b) => a + b, 0);
  const pass = (source, stepX, stepY) => {
    const out = new Float32Array(source.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let i = -radius; i <= radius; i++) {
          const sx = clamp(x + i * stepX, 0, width - 1);
          const sy = clamp(y + i * stepY, 0, height - 1);
          const weight = kernel[i + radius] / sum;
          for (let c = 0; c < 3; c++)
            out[(y * width + x) * 3 + c] += weight * source[(sy * width + sx) * 3 + c];
        }
      }
    }
    return out;
  };
  return { width, height, data: pass(pass(film.data, 1, 0), 0, 1) };
}

/** Adds the light that a lens scatters around what is brighter than `threshold`. */
export function bloom(film, { threshold = 1, strength = 0.3, sigma }) {
  const bright = { ...film, data: film.data.map((v) => Math.max(0, v - threshold)) };
  const halo = blur(bright, sigma);
  return { ...film, data: film.data.map((v, i) => v + strength * halo.data[i]) };
}

// Narkowicz's fit of the ACES filmic curve.
const filmic = (x) => clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14));
const encode = (v) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/**
 * Develops a linear picture to 8-bit sRGB: exposure, vignette, filmic curve (or none), one level of dither.
 * @returns {{width: number, height: number, data: Uint8Array}}
 */
export function develop({ width, height, data }, { exposure = 1, vignette = 0.25, curve = true } = {}) {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = (2 * x - width) / width;
      const dy = (2 * y - height) / height;
      const gain = exposure * (1 - vignette * ((dx * dx + dy * dy) / 2) ** 1.5);
      for (let c = 0; c < 3; c++) {
        const at = (y * width + x) * 3 + c;
        const light = Math.max(0, data[at] * gain);
        out[at] = Math.floor(clamp(encode(curve ? filmic(light) : clamp(light))) * 255 + hash(x, y, c));
      }
    }
  }
  return { width, height, data: out };
}

/** Rasterises an SVG drawing (without <text>: system fonts differ) to 8-bit sRGB. */
export async function rasterise(svg, width, height) {
  const data = await sharp(Buffer.from(svg), { density: 144 })
    .resize(width, height, { fit: 'fill' })
    .flatten({ background: '#000' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(data) };
}
