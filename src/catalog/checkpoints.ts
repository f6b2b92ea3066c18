import type { CheckpointFigures } from '../engine/weights/figures';
import type { Precision } from '../engine/weights/plan';
import computed from './checkpoints/figures.json';

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

/** What is published of a checkpoint. */
export interface PublishedCheckpoint {
  /** As its authors call it; unique. */
  readonly label: string;
  /** Tokens of a picture. */
  readonly tokens: number;
  /** Numbers in a token, where it is continuous: each of them is a token of this page. */
  readonly numbers?: number;
  /** FID of reconstructions on ImageNet's validation pictures, as its authors give it; protocols differ. */
  readonly rfid?: number;
  readonly source: CheckpointSource;
}

/** A published checkpoint with what it costs here: counts of what runs, without what only training needs. */
export interface OfficialCheckpoint extends PublishedCheckpoint, CheckpointFigures {}

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
export interface PublishedSeries {
  /** The file has the same name. */
  readonly id: string;
  readonly label: string;
  /** What it is, in a sentence. */
  readonly says: string;
  /** What turns its tokens into pixels, where its file may hold one of several decoders. */
  readonly drawnBy?: string;
  /** The family that builds its graphs (engine/families): where there is none yet, the series is not shown. */
  readonly family: string;
  readonly paper: { readonly title: string; readonly year: number; readonly url: string };
  readonly licence: CheckpointLicence;
  /** Place in lists: small first. */
  readonly order: number;
  /** The smallest first. */
  readonly checkpoints: readonly PublishedCheckpoint[];
}

/** The same, with what its checkpoints cost here. */
export interface CheckpointSeries extends PublishedSeries {
  readonly checkpoints: readonly OfficialCheckpoint[];
}

const files = import.meta.glob<PublishedSeries>('./checkpoints/*.ts', { eager: true, import: 'series' });

/** By architecture in scripts/checkpoints, out of the graphs that this page builds of it (`npm run figures`). */
const figures: Readonly<Record<string, CheckpointFigures>> = computed;

/** Every series, in list order, whether its family exists or not. */
export const checkpointSeries: readonly CheckpointSeries[] = Object.values(files)
  .map((series) => ({
    ...series,
    checkpoints: series.checkpoints.map((one) => ({ ...one, ...figures[architectureName(one)]! })),
  }))
  .sort((a, b) => a.order - b.order);

/** What scripts/checkpoints calls a checkpoint's architecture: its label in small letters. */
export function architectureName({ label }: Pick<PublishedCheckpoint, 'label'>): string {
  return label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

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
