/** Viridis (Smith and van der Walt 2015, CC0) at ten even places: its lightness rises evenly, also for the colour-blind. */
const PLACES = [
  0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725,
] as const;

/** How many colours the scale has. */
const COLOURS = 256;

const TABLE = Uint8Array.from({ length: COLOURS * 3 }, (_, i) => {
  const place = (Math.floor(i / 3) / (COLOURS - 1)) * (PLACES.length - 1);
  const at = Math.min(PLACES.length - 2, Math.floor(place));
  const channel = (colour: number) => (colour >> (16 - 8 * (i % 3))) & 255;
  const [from, to] = [channel(PLACES[at]!), channel(PLACES[at + 1]!)];
  return Math.round(from + (to - from) * (place - at));
});

/** The colour at a place of the scale, 0 (dark) to 1 (bright). Places beyond are its ends. */
export function viridis(place: number): readonly [red: number, green: number, blue: number] {
  const at = Math.round(Math.min(1, Math.max(0, place)) * (COLOURS - 1)) * 3;
  return [TABLE[at]!, TABLE[at + 1]!, TABLE[at + 2]!];
}

/** The scale as a CSS gradient, from dark to bright. @param direction as CSS has it */
export function viridisGradient(direction: string): string {
  const stops = PLACES.map((colour) => `#${colour.toString(16).padStart(6, '0')}`);
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}

/**
 * Values as opaque RGBA pixels.
 * @param dark the value that looks darkest
 * @param bright the value that looks brightest; values beyond either look like it
 */
export function paintValues(
  values: Float32Array,
  dark: number,
  bright: number,
): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(values.length * 4);
  const factor = (COLOURS - 1) / (bright - dark);
  for (let i = 0; i < values.length; i++) {
    const at = Math.round(Math.min(COLOURS - 1, Math.max(0, (values[i]! - dark) * factor))) * 3;
    out[i * 4] = TABLE[at]!;
    out[i * 4 + 1] = TABLE[at + 1]!;
    out[i * 4 + 2] = TABLE[at + 2]!;
    out[i * 4 + 3] = 255;
  }
  return out;
}
