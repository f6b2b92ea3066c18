import { createStore, type StoreApi } from 'zustand';
import { samples } from '../../catalog/pictures';
import type { TokenoscopeError } from '../../core/errors';
import type { Steps } from '../../core/image/sampling';
import { bundledModels } from '../../engine/image/models';
import type { Edited } from './edit/edited';
import type { ImageView, Pair } from './experiment';
import type { Lane } from './lane';
import type { LinkedBy } from './lanes/position';
import type { LabModels } from './models';
import type { ImageSource } from './source';

/** What the image lab shows. Pixels and frames live in its lanes. */
export interface ImageLabState {
  /** At least one. The slider, the row of tokens and the original are those of the lead, which is the first in the list. */
  readonly lanes: readonly Lane[];
  /** Prefix length: how many tokens the decoders see, 1..K of the lead. */
  readonly k: number;
  /** The picture on screen. */
  readonly source: ImageSource | null;
  /** The picture that was asked for and is not on screen yet: it is loading, or failed and can be tried again. */
  readonly wanted: ImageSource | null;
  /** Who asked for it: what a link asks for is what the address already says. */
  readonly wantedBy: 'visitor' | 'link';
  readonly problem: TokenoscopeError | null;
  /** The tokens that are shown instead of the picture's own. */
  readonly edited: Edited | null;
  /** What a link shows instead of the tokens of the picture that it asks for, until that is there. */
  readonly wantedEdit: Uint32Array | null;
  readonly view: ImageView;
  /** Which two pictures a view in one place compares; null for its default. */
  readonly pair: Pair | null;
  /** What the lanes beside the lead follow. */
  readonly linked: LinkedBy;
  /** In how many steps models that sample draw; null for each model's default. */
  readonly steps: Steps | null;
  /** Which noise they begin with. */
  readonly seed: number;
  /** How strongly tokens decide what guided models draw; null for each model's default. */
  readonly guidance: number | null;
  /** False shows the model's own pixels as squares. */
  readonly smooth: boolean;
  /** Id of the measure that the chart, the filmstrip and the figures show. */
  readonly metric: string;
  /** The open dialog for checkpoints: the lane that takes what is added, and what it looks for first; or null. */
  readonly dialog: { readonly lane: Lane; readonly wanted: string } | null;
  /** Files that were dropped on the page, for the dialog to take. */
  readonly dropped: readonly File[];
  /** Whether a checkpoint is being kept, or has been while the dialog was closed: the lab says so. */
  readonly keeps?: boolean;
}

/** Enough tokens to recognise the picture, and visibly not yet sharp. */
const FIRST_K = 64;

/** The measure of a first visit. */
export const FIRST_METRIC = 'psnr';

/** The model of a first visit. */
export const FIRST_MODEL = bundledModels.find(({ id }) => id === 'karhunen-128')?.id ?? bundledModels[0]!.id;

export function createLabStore(lane: Lane): StoreApi<ImageLabState> {
  return createStore<ImageLabState>(() => ({
    lanes: [lane],
    k: FIRST_K,
    source: null,
    wanted: { kind: 'sample', id: samples[0]?.id ?? '' },
    wantedBy: 'link',
    problem: null,
    edited: null,
    wantedEdit: null,
    view: 'side',
    pair: null,
    linked: 'bytes',
    steps: null,
    guidance: null,
    seed: 0,
    smooth: true,
    metric: FIRST_METRIC,
    dialog: null,
    dropped: [],
  }));
}

/**
 * K: the number of tokens of the picture on screen, also while another model loads; before there is one, of the lead's
 * model, or of the link that names it. Undefined where it is unknown.
 */
export function tokenCount(
  { lanes, wanted, source }: Pick<ImageLabState, 'lanes' | 'wanted' | 'source'>,
  models: LabModels,
): number | undefined {
  const lead = lanes[0]!;
  const shown = source === null ? undefined : lead.opened.get();
  if (shown) return shown.ids.length;
  const rows = wanted?.kind === 'tokens' ? wanted.rows : [];
  return models.find(lead.model)?.tokens.count ?? models.rowFor(rows, lead.model)?.ids.length;
}
