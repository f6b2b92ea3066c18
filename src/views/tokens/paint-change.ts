/** The most that it is enlarged: enough for a smooth line, and few enough pixels to paint while one points. */
const MOST_ZOOM = 3;

/** The line is around where the change is this much of the strongest. */
const LINE_AT = 0.4;

/** Paints a map of squared changes in the canvas's own colour, with a line in white on black around the strongest part. */
export function paintChange(
  canvas: HTMLCanvasElement,
  map: Float32Array,
  width: number,
  height: number,
): void {
  // As many pixels as the screen has there, so that the line is whole in small pictures too.
  const zoom = Math.min(MOST_ZOOM, Math.max(1, Math.round((canvas.clientWidth * devicePixelRatio) / width)));
  const wide = width * zoom;
  const high = height * zoom;
  canvas.width = wide;
  canvas.height = high;
  const context = canvas.getContext('2d');
  if (!context) return;
  const strength = enlarge(strengthOf(map, width), width, height, zoom);
  const pixels = context.createImageData(wide, high);
  for (let i = 0; i < strength.length; i++) pixels.data[i * 4 + 3] = 210 * strength[i]! ** 1.5;
  context.putImageData(pixels, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = getComputedStyle(canvas).color;
  context.fillRect(0, 0, wide, high);
  context.globalCompositeOperation = 'source-over';
  const border = borderOf(strength, wide, high);
  for (const [colour, grow] of [
    ['rgb(0 0 0 / 0.75)', 2],
    ['#fff', 1],
  ] as const) {
    context.fillStyle = colour;
    for (const at of border) {
      const x = at % wide;
      const y = Math.floor(at / wide);
      context.fillRect(x - grow + 1, y - grow + 1, 2 * grow - 1, 2 * grow - 1);
    }
  }
}

/** The change of each pixel and its neighbours, 0..1 of the strongest. */
function strengthOf(map: Float32Array, width: number): Float32Array {
  const height = map.length / width;
  const out = new Float32Array(map.length);
  const radius = Math.max(1, Math.round(width / 64));
  let most = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let count = 0;
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
          sum += map[v * width + u]!;
          count++;
        }
      }
      const value = Math.sqrt(sum / count);
      out[y * width + x] = value;
      most = Math.max(most, value);
    }
  }
  return most === 0 ? out : out.map((value) => value / most);
}

/** Bilinear enlargement by a whole factor. */
function enlarge(values: Float32Array, width: number, height: number, zoom: number): Float32Array {
  const wide = width * zoom;
  const out = new Float32Array(values.length * zoom * zoom);
  for (let y = 0; y < height * zoom; y++) {
    const v = Math.max(0, Math.min(height - 1, (y + 0.5) / zoom - 0.5));
    const top = Math.floor(v);
    const bottom = Math.min(height - 1, top + 1);
    for (let x = 0; x < wide; x++) {
      const u = Math.max(0, Math.min(width - 1, (x + 0.5) / zoom - 0.5));
      const left = Math.floor(u);
      const right = Math.min(width - 1, left + 1);
      const upper = values[top * width + left]! * (1 - u + left) + values[top * width + right]! * (u - left);
      const lower =
        values[bottom * width + left]! * (1 - u + left) + values[bottom * width + right]! * (u - left);
      out[y * wide + x] = upper * (1 - v + top) + lower * (v - top);
    }
  }
  return out;
}

/** Pixels of the strong part that touch the rest. */
function borderOf(strength: Float32Array, width: number, height: number): number[] {
  const isStrong = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && strength[y * width + x]! >= LINE_AT;
  const border: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isStrong(x, y)) continue;
      if (isStrong(x - 1, y) && isStrong(x + 1, y) && isStrong(x, y - 1) && isStrong(x, y + 1)) continue;
      border.push(y * width + x);
    }
  }
  return border;
}
