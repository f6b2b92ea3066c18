import type { RgbImage } from '../core/image/pixels';

/** What a measure is, before anything is computed. */
interface Facts {
  /** Part of saved results: it never changes. */
  readonly id: string;
  readonly label: string;
  /** Empty for a plain ratio. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** The range that a chart shows, where values have one; else charts follow the values. */
  readonly range?: readonly [low: number, high: number];
  /** What a value of 1 is, as a clause, where that needs words. */
  readonly scale?: string;
  /** The only size of pictures that it compares, where it takes no other. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Place in lists: small first. */
  readonly place: number;
}

/** Where in a picture a measure finds errors. */
export interface ErrorMap {
  /** What a place's value is, as the title of a legend. */
  readonly label: string;
  /** The values at the two ends of a colour scale; those beyond look like its ends. */
  readonly worst: number;
  readonly best: number;
  /** What else one needs to know to read it, as a sentence. */
  readonly note: string;
  /**
   * Two pictures of the same size.
   * @returns a value for each pixel, row by row, in the measure's unit
   */
  compute(a: RgbImage, b: RgbImage): Float32Array<ArrayBuffer>;
}

/** A measure of how far a picture is from its original that is quick enough for every picture that is shown. */
export interface CheapImageMeasure extends Facts {
  readonly cost: 'cheap';
  /** Two pictures of the same size. */
  compute(a: RgbImage, b: RgbImage): number;
  /** Where the errors are; absent where the measure has no local values. */
  readonly map?: ErrorMap;
}

/** A measure that needs models or much time, so it runs only when chosen. */
export interface DearImageMeasure extends Facts {
  readonly cost: 'dear';
  /** Why a picture has no value, in a sentence, where that depends on what it shows. */
  readonly absent?: string;
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

const modules = import.meta.glob<Record<string, ImageMeasure>>(['./image/*.ts'], { eager: true });

/** Every measure of pictures, in the order of lists. Adding a file to ./image/ is the only step to add one. */
export const imageMeasures: readonly ImageMeasure[] = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .sort((a, b) => a.place - b.place);

/** Cheap measures, computed for every picture on screen. */
const cheapMeasures = imageMeasures.filter((each): each is CheapImageMeasure => each.cost === 'cheap');

/** Costly measures, which run on demand. */
export const dearMeasures = imageMeasures.filter((each): each is DearImageMeasure => each.cost === 'dear');

/** All cheap measures of a pair, by id. */
export function measure(a: RgbImage, b: RgbImage): Record<string, number> {
  return Object.fromEntries(cheapMeasures.map((each) => [each.id, each.compute(a, b)]));
}
