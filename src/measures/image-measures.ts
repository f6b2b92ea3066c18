import type { RgbImage } from '../core/image/pixels';
import type { CheapFacts, DearFacts, MapFacts } from './image-facts';

/** Where in a picture a measure finds errors. */
export interface ErrorMap extends MapFacts {
  /**
   * Two pictures of the same size.
   * @returns a value for each pixel, row by row, in the measure's unit
   */
  compute(a: RgbImage, b: RgbImage): Float32Array<ArrayBuffer>;
}

/** A measure of how far a picture is from its original that is quick enough for every picture that is shown. */
export interface CheapImageMeasure extends CheapFacts {
  /** Two pictures of the same size. */
  compute(a: RgbImage, b: RgbImage): number;
  readonly map?: ErrorMap;
}

/** A measure that runs only when chosen. */
export interface DearImageMeasure extends DearFacts {
  /**
   * Two pictures of the same size.
   * @returns undefined where the measure does not take such pictures: of this size, or for the reason in `absent`
   * @throws TokenoscopeError where a tool fails
   */
  compute(a: RgbImage, b: RgbImage, tools: ImageTools): Promise<number | undefined>;
}

/** One line of writing in a picture. */
export interface ReadLine {
  readonly text: string;
  /** Mean over its characters, 0..1. */
  readonly confidence: number;
  /** Of the rectangle around it, in pixels, clockwise from the top left one. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
}

/** What was read in a picture. */
export interface Reading {
  /** Line by line, from the top; empty where there is no writing that can be read. */
  readonly text: string;
  readonly lines: readonly ReadLine[];
}

/** What the engine provides to a costly measure. */
export interface ImageTools {
  /**
   * The distance by a learned measure.
   * @param name its folder in public/measures
   * @returns undefined where it does not take pictures of this size
   */
  distance(name: string, a: RgbImage, b: RgbImage): Promise<number | undefined>;
  /** Reads the writing in a picture (PP-OCRv4). The same object again is not read twice. */
  read(picture: RgbImage): Promise<Reading>;
}

export type ImageMeasure = CheapImageMeasure | DearImageMeasure;

/** What a file in ./image/ exports: facts, which the page imports without the rest, and how to compute. */
type MeasureFile =
  | {
      readonly facts: CheapFacts;
      readonly compute: CheapImageMeasure['compute'];
      /** Where the facts have a `map`. */
      readonly computeMap?: ErrorMap['compute'];
    }
  | { readonly facts: DearFacts; readonly compute: DearImageMeasure['compute'] };

const files = import.meta.glob<MeasureFile>('./image/*.ts', { eager: true });

/** Every measure of pictures, in the order of lists. Adding a file to ./image/ is the only step to add one. */
export const imageMeasures: readonly ImageMeasure[] = Object.values(files)
  .map(measureOf)
  .sort((a, b) => a.place - b.place);

function measureOf(file: MeasureFile): ImageMeasure {
  if (!isCheap(file)) return { ...file.facts, compute: file.compute };
  const { map, ...facts } = file.facts;
  if (!map || !file.computeMap) return { ...facts, compute: file.compute };
  return { ...facts, compute: file.compute, map: { ...map, compute: file.computeMap } };
}

function isCheap(file: MeasureFile): file is Extract<MeasureFile, { facts: CheapFacts }> {
  return file.facts.cost === 'cheap';
}

/** Cheap measures, computed for every picture on screen. */
const cheapMeasures = imageMeasures.filter((each): each is CheapImageMeasure => each.cost === 'cheap');

/** Costly measures, which run on demand. */
export const dearMeasures = imageMeasures.filter((each): each is DearImageMeasure => each.cost === 'dear');

/** All cheap measures of a pair, by id. */
export function measure(a: RgbImage, b: RgbImage): Record<string, number> {
  return Object.fromEntries(cheapMeasures.map((each) => [each.id, each.compute(a, b)]));
}
