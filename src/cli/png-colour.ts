import { ByteReader, EndOfData } from '../core/image/formats/bytes';

/** What a PNG says about its colours beside an ICC profile, in the order of precedence that browsers keep. */
interface Declared {
  /** Video codes of ITU-T H.273: primaries, transfer. */
  readonly cicp?: readonly [primaries: number, transfer: number];
  /** The exponent from stored values to light. */
  readonly gamma?: number;
  /** White, red, green and blue as x, y. */
  readonly chromaticities?: readonly number[];
}

/** Red, green, blue and white of codes of H.273; those of sRGB are 1. */
const PRIMARIES: Readonly<Record<number, readonly number[]>> = {
  1: [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06],
  5: [0.3127, 0.329, 0.64, 0.33, 0.29, 0.6, 0.15, 0.06],
  6: [0.3127, 0.329, 0.63, 0.34, 0.31, 0.595, 0.155, 0.07],
  9: [0.3127, 0.329, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046],
  12: [0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06],
};

/** Exponents of transfer codes of H.273, as Chromium reads them (video is shown with 2.4). */
const EXPONENTS: Readonly<Record<number, number>> = {
  1: 2.4,
  4: 2.2,
  5: 2.8,
  6: 2.4,
  8: 1,
  11: 2.4,
  14: 2.4,
  15: 2.4,
};
const SRGB_TRANSFER = 13;
const HDR_TRANSFERS = [16, 18];

/** What to do with a PNG's pixels after decoding. */
export interface PngColour {
  /** Whether to ignore an ICC profile in the file. */
  readonly ignoreProfile: boolean;
  /** Brings RGBA to sRGB, in place; undefined where it is that already. */
  readonly apply?: (rgba: Uint8Array) => void;
  /** PQ or HLG: brighter than a screen, which browsers map by rules of their own. */
  readonly hdr: boolean;
}

/**
 * Colours of a PNG as Chromium takes them, for what sharp leaves out: cICP, and gAMA with or without cHRM where there is
 * neither an ICC profile nor an sRGB chunk.
 */
export function pngColour(bytes: Uint8Array): PngColour {
  const { cicp, gamma, chromaticities } = readDeclared(bytes);
  if (cicp) {
    const [primaries, transfer] = cicp;
    const hdr = HDR_TRANSFERS.includes(transfer);
    const exponent = EXPONENTS[transfer];
    const colours = PRIMARIES[primaries];
    if (hdr || !colours || (exponent === undefined && transfer !== SRGB_TRANSFER)) {
      return { ignoreProfile: false, hdr };
    }
    return { ignoreProfile: true, hdr, ...conversion(exponent, colours) };
  }
  if (!gamma) return { ignoreProfile: false, hdr: false };
  // Close to sRGB's, and nothing else is declared: taken as sRGB.
  if (!chromaticities && Math.abs(gamma / 2.2 - 1) <= 0.05) return { ignoreProfile: false, hdr: false };
  return { ignoreProfile: false, hdr: false, ...conversion(gamma, chromaticities ?? PRIMARIES[1]!) };
}

function readDeclared(bytes: Uint8Array): Declared {
  const reader = new ByteReader(bytes, 8);
  let cicp: Declared['cicp'];
  let gamma: number | undefined;
  let chromaticities: number[] | undefined;
  let settled = false;
  try {
    for (let type = ''; type !== 'IDAT' && type !== 'IEND'; ) {
      const end = reader.u32() + reader.offset + 4;
      type = reader.text(4);
      const content = new ByteReader(bytes, reader.offset);
      if (type === 'cICP') {
        const [primaries, transfer, , full] = [content.u8(), content.u8(), content.u8(), content.u8()];
        if (full === 1) cicp = [primaries, transfer];
      } else if (type === 'iCCP' || type === 'sRGB') settled = true;
      else if (type === 'gAMA') gamma = 100_000 / content.u32();
      else if (type === 'cHRM') {
        chromaticities = Array.from({ length: 8 }, () => content.u32() / 100_000);
      }
      reader.offset = end;
      reader.skip(4); // CRC
    }
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
  }
  if (cicp) return { cicp };
  if (settled || !gamma || !Number.isFinite(gamma)) return {};
  return { gamma, ...(chromaticities ? { chromaticities } : {}) };
}

/** @param exponent from stored values to light; undefined for sRGB's curve */
function conversion(
  exponent: number | undefined,
  chromaticities: readonly number[],
): Pick<PngColour, 'apply'> {
  const same = chromaticities.every((value, i) => Math.abs(value - PRIMARIES[1]![i]!) < 1e-6);
  if (same && exponent === undefined) return {};
  const light = Float64Array.from({ length: 256 }, (_, i) =>
    exponent === undefined ? fromSrgb(i / 255) : (i / 255) ** exponent,
  );
  const matrix = multiply(invert(toXyz(PRIMARIES[1]!)), toXyz(chromaticities));
  return {
    apply: (rgba) => {
      for (let i = 0; i < rgba.length; i += 4) {
        const [r, g, b] = [light[rgba[i]!]!, light[rgba[i + 1]!]!, light[rgba[i + 2]!]!];
        for (let c = 0; c < 3; c++) {
          rgba[i + c] = Math.round(
            255 * toSrgb(matrix[c * 3]! * r + matrix[c * 3 + 1]! * g + matrix[c * 3 + 2]! * b),
          );
        }
      }
    },
  };
}

/** IEC 61966-2-1, both ways. */
const fromSrgb = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toSrgb = (light: number) => {
  const value = Math.min(1, Math.max(0, light));
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
};

type Matrix = readonly number[];

/** RGB to CIE XYZ of the D65 white, from the chromaticities of white, red, green and blue. */
function toXyz([wx = 0, wy = 1, ...primaries]: readonly number[]): Matrix {
  const xyz = (x: number, y: number) => [x / y, 1, (1 - x - y) / y];
  const columns = [0, 2, 4].map((i) => xyz(primaries[i]!, primaries[i + 1]!));
  const basis = [0, 1, 2].flatMap((row) => columns.map((column) => column[row]!));
  const white = xyz(wx, wy);
  const scale = apply(invert(basis), white);
  const matrix = basis.map((value, i) => value * scale[i % 3]!);
  return multiply(adaptation(white, xyz(0.3127, 0.329)), matrix);
}

/** Bradford's chromatic adaptation, as in ICC profiles. */
const BRADFORD: Matrix = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];

function adaptation(from: readonly number[], to: readonly number[]): Matrix {
  const [a, b] = [apply(BRADFORD, from), apply(BRADFORD, to)];
  const gains = [0, 1, 2].flatMap((row) => [0, 1, 2].map((i) => (i === row ? b[i]! / a[i]! : 0)));
  return multiply(invert(BRADFORD), multiply(gains, BRADFORD));
}

function apply(m: Matrix, v: readonly number[]): number[] {
  return [0, 3, 6].map((row) => m[row]! * v[0]! + m[row + 1]! * v[1]! + m[row + 2]! * v[2]!);
}

function multiply(a: Matrix, b: Matrix): Matrix {
  const columns = [0, 1, 2].map((i) => apply(a, [b[i]!, b[i + 3]!, b[i + 6]!]));
  return [0, 1, 2].flatMap((row) => columns.map((column) => column[row]!));
}

function invert([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0]: Matrix): Matrix {
  const minors = [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f];
  const rest = [d * h - e * g, b * g - a * h, a * e - b * d];
  const determinant = a * minors[0]! + b * minors[3]! + c * rest[0]!;
  return [...minors, ...rest].map((value) => value / determinant);
}
