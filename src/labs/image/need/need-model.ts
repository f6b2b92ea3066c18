import type { Sampling } from '../../../core/image/sampling';

/** A picture as one model has it, for as long as it is measured. */
export interface Subject {
  readonly ids: Uint32Array;
  /** Of the file's picture, after EXIF rotation, before crop and resize. */
  readonly source: { readonly width: number; readonly height: number };
  /** The quality of the first k tokens by the chosen measure. */
  qualityAt(k: number, signal: AbortSignal): Promise<number>;
}

/** A model that pictures are measured with; the page and the command line each have their own way to run it. */
export interface NeedModel<P> {
  readonly id: string;
  readonly label: string;
  /** First 8 hex digits of what its tokens mean. */
  readonly hash: string;
  /** The size of its pictures. */
  readonly image: { readonly width: number; readonly height: number };
  readonly tokens: {
    readonly count: number;
    readonly bits: number;
    readonly codebookSize: number;
    readonly ordered: boolean;
  };
  /** Set where it samples. */
  readonly sampling?: Sampling | undefined;
  /** Where it runs, as the protocol says it. */
  readonly backend: string;
  /** @throws TokenoscopeError of pictures, and of models that fail */
  encode(picture: P, signal: AbortSignal): Promise<Subject>;
}

/** What is asked of every picture. */
export interface NeedQuestion {
  /** Id of the measure. */
  readonly measure: string;
  readonly better: 'higher' | 'lower';
  /** What its quality must reach. */
  readonly value: number;
}

/** Bytes that k tokens take. */
export function bytesOf({ tokens }: Pick<NeedModel<unknown>, 'tokens'>, k: number): number {
  return Math.ceil((k * tokens.bits) / 8);
}
