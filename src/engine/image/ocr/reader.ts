import type { RgbImage } from '../../../core/image/pixels';
import { resizeBicubic } from '../../../core/image/resize';
import type { Reading, ReadLine } from '../../../measures/image-measures';
import type { Runtime } from '../../ort/runtime';
import { cutLine } from './cut-line';
import { inReadingOrder } from './reading-order';
import { type Corners, findTextRegions } from './text-regions';

/** PP-OCRv4 (PaddleOCR) as ONNX: the detector, the recognizer, and the characters that it knows, one a line. */
export interface ReaderFiles {
  readonly detector: Uint8Array;
  readonly recognizer: Uint8Array;
  readonly characters: Uint8Array;
}

/** Reads writing in pictures. */
export interface Reader {
  /** Pictures whose shorter side is below 480 pixels are enlarged to that first.
   * @throws TokenoscopeError `model-run`, `aborted` */
  read(picture: RgbImage, signal?: AbortSignal): Promise<Reading>;
}

/** What the published pipeline does to a picture before it looks for writing; it enlarges to 736, which takes twice as long. */
const DETECTOR = { shortSide: 480, multiple: 32, output: 'sigmoid_0.tmp_0' } as const;
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

const RECOGNIZER = { height: 48, least: 320, most: 1536, output: 'softmax_11.tmp_0' } as const;
/** Lines that are read with less confidence, on average over their characters, do not count. */
const LEAST_CONFIDENCE = 0.5;

/** @throws TokenoscopeError `model-corrupt`, `backend-unavailable` */
export async function openReader(files: ReaderFiles, runtime: Runtime): Promise<Reader> {
  const detector = await runtime.load(files.detector, []);
  const recognizer = await runtime.load(files.recognizer, []);
  // Index 0 is the gap between characters; the space comes after those of the file.
  const characters = ['', ...new TextDecoder().decode(files.characters).split(/\r?\n/).filter(Boolean), ' '];

  async function find(picture: RgbImage, signal: AbortSignal | undefined): Promise<readonly Corners[]> {
    const scale = Math.max(1, DETECTOR.shortSide / Math.min(picture.width, picture.height));
    const [width, height] = [picture.width, picture.height].map((side) =>
      Math.max(DETECTOR.multiple, Math.round((side * scale) / DETECTOR.multiple) * DETECTOR.multiple),
    ) as [number, number];
    const x = toTensor(
      resizeBicubic(picture, width, height),
      width,
      (value, c) => (value / 255 - MEAN[c]!) / DEVIATION[c]!,
    );
    const map = await detector.run({ x: { data: x, dims: [1, 3, height, width] } }, DETECTOR.output, signal);
    const regions = findTextRegions({ width, height, data: map.data as Float32Array });
    const [sx, sy] = [picture.width / width, picture.height / height];
    // A pixel's middle is half a pixel from its corner.
    return regions.map(
      (corners) => corners.map((p) => ({ x: (p.x + 0.5) * sx, y: (p.y + 0.5) * sy })) as never,
    );
  }

  async function recognize(line: RgbImage, signal: AbortSignal | undefined) {
    const { height, least, most } = RECOGNIZER;
    const width = Math.min(most, Math.max(1, Math.ceil((height * line.width) / line.height)));
    const padded = Math.max(least, width);
    const x = toTensor(resizeBicubic(line, width, height), padded, (value) => value / 127.5 - 1);
    const scores = await recognizer.run(
      { x: { data: x, dims: [1, 3, height, padded] } },
      RECOGNIZER.output,
      signal,
    );
    return decodeScores(scores.data as Float32Array, characters);
  }

  return {
    async read(picture, signal) {
      const lines: ReadLine[] = [];
      for (const corners of await find(picture, signal)) {
        const { text, confidence } = await recognize(cutLine(picture, corners), signal);
        if (confidence >= LEAST_CONFIDENCE && text.trim() !== '')
          lines.push({ text: text.trim(), confidence, corners });
      }
      return inReadingOrder(lines);
    },
  };
}

/** Planar float32 in the order blue, green, red, which these models were trained with; 0 beyond the picture's width. */
function toTensor(
  { width, height, data }: RgbImage,
  rowLength: number,
  normal: (value: number, channel: number) => number,
): Float32Array {
  const tensor = new Float32Array(3 * height * rowLength);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        tensor[(c * height + y) * rowLength + x] = normal(data[(y * width + x) * 3 + 2 - c]!, c);
      }
    }
  }
  return tensor;
}

/**
 * Greedy decoding (Graves et al. 2006, "Connectionist Temporal Classification"): the likeliest character of every step,
 * without repetitions and gaps.
 * @param scores steps x characters, each step's sum 1
 * @returns the text, and the mean score of its characters (0 for no text)
 */
export function decodeScores(
  scores: Float32Array,
  characters: readonly string[],
): { readonly text: string; readonly confidence: number } {
  let text = '';
  let sum = 0;
  let count = 0;
  let last = 0;
  for (let from = 0; from < scores.length; from += characters.length) {
    let best = 0;
    for (let i = 1; i < characters.length; i++) if (scores[from + i]! > scores[from + best]!) best = i;
    if (best !== 0 && best !== last) {
      text += characters[best];
      sum += scores[from + best]!;
      count++;
    }
    last = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
}
