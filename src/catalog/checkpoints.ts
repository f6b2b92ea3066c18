import type { Precision } from '../engine/weights/plan';

/** Where an official checkpoint can be had. */
export type CheckpointSource =
  /** In a repository of a hub, `owner/name`: the page fetches it. */
  | { readonly kind: 'hub'; readonly repository: string }
  /** Where its authors publish it otherwise: the visitor fetches it, and drops it here. */
  | {
      readonly kind: 'page';
      readonly url: string;
      /** In words: "Google Drive". */
      readonly host: string;
      readonly file: string;
    };

/** A published checkpoint. */
export interface OfficialCheckpoint {
  /** As its authors call it; unique. */
  readonly label: string;
  /** Tokens of a picture. */
  readonly tokens: number;
  /** Numbers in a token, where it is continuous: each of them is a token of this page. */
  readonly numbers?: number;
  /** Counts of what runs here, without what only training needs. */
  readonly parameters: { readonly encoder: number; readonly decoder: number };
  /** Multiply-accumulates of one encoding and one decoding (with all its steps, where it takes several). */
  readonly multiplications: { readonly encode: number; readonly decode: number };
  /** FID of reconstructions on ImageNet's validation pictures, as its authors give it; protocols differ. */
  readonly rfid?: number;
  readonly source: CheckpointSource;
}

/** What a licence asks of those who use the weights. */
export interface CheckpointLicence {
  /** "Apache-2.0". */
  readonly name: string;
  /** Its text, or where it is said. */
  readonly url: string;
  /** Where it restricts use: what a visitor accepts before the download, in the words of the licence or of its authors. */
  readonly terms?: string;
}

/** Checkpoints that were published together: one file in ./checkpoints/. */
export interface CheckpointSeries {
  /** The file has the same name. */
  readonly id: string;
  readonly label: string;
  /** What it is, in a sentence. */
  readonly says: string;
  /** The family that builds its graphs (engine/families): where there is none yet, the series is not shown. */
  readonly family: string;
  readonly paper: { readonly title: string; readonly year: number; readonly url: string };
  readonly licence: CheckpointLicence;
  /** Place in lists: small first. */
  readonly order: number;
  /** The smallest first. */
  readonly checkpoints: readonly OfficialCheckpoint[];
}

const files = import.meta.glob<CheckpointSeries>('./checkpoints/*.ts', { eager: true, import: 'series' });

/** Every series, in list order, whether its family exists or not. */
export const checkpointSeries: readonly CheckpointSeries[] = Object.values(files).sort(
  (a, b) => a.order - b.order,
);

/** The series whose checkpoints run here. @param families ids of the families that exist */
export function runnableSeries(families: readonly string[]): readonly CheckpointSeries[] {
  return checkpointSeries.filter(({ family }) => families.includes(family));
}

export function parametersOf({ parameters }: OfficialCheckpoint): number {
  return parameters.encoder + parameters.decoder;
}

/** Bytes of the weights, kept in a precision: nearly all of them are matrices, which half precision halves. */
export function bytesOf(checkpoint: OfficialCheckpoint, precision: Precision): number {
  return parametersOf(checkpoint) * (precision === 'half' ? 2 : 4);
}

/** Tokens as this page counts them: a continuous token is as many as it has numbers. */
export function pageTokens({ tokens, numbers = 1 }: OfficialCheckpoint): number {
  return tokens * numbers;
}

/** The official checkpoint of a hub's repository; undefined where it is none. */
export function officialOf(
  repository: string,
): { readonly series: CheckpointSeries; readonly checkpoint: OfficialCheckpoint } | undefined {
  for (const series of checkpointSeries) {
    const checkpoint = series.checkpoints.find(
      ({ source }) => source.kind === 'hub' && source.repository === repository,
    );
    if (checkpoint) return { series, checkpoint };
  }
  return undefined;
}
