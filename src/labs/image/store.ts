import { create } from 'zustand';
import { samples } from '../../catalog/pictures';
import type { TokenoscopeError } from '../../core/errors';
import type { Steps } from '../../core/image/sampling';
import { bundledModels } from '../../engine/image/models';
import type { LoadProgress } from '../../engine/rpc/protocol';
import type { ImageView } from './experiment';
import { findModel, type LabModel, useCheckpoints } from './models';

/** Where a picture comes from. */
export type ImageSource =
  | { readonly kind: 'sample'; readonly id: string }
  /** A picture that came in a link, as its tokens only. */
  | { readonly kind: 'tokens'; readonly ids: Uint32Array; readonly bits: number; readonly modelHash: string }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: number };

/** Something to know about the picture, though it opened: upscaled, animated, from another version, ... */
export interface LabNote {
  readonly code: string;
  readonly text: string;
}

/** What the image lab shows. Pixels, frames and files live outside: see session.ts. */
export interface ImageLabState {
  /** Manifest id of the model, or a checkpoint's id. */
  readonly model: string;
  /** The model beside it, likewise, or null. */
  readonly second: string | null;
  /** Prefix length: how many tokens the decoder sees, 1..K. */
  readonly k: number;
  /** The picture on screen. */
  readonly source: ImageSource | null;
  /** The model that made `ids`: while another one is loading, the picture on screen still belongs to this one. */
  readonly shownModel: string | null;
  /** All K tokens of the picture on screen. */
  readonly ids: Uint32Array | null;
  /** The picture that was asked for and is not on screen yet: it is loading, or failed and can be tried again. */
  readonly wanted: ImageSource | null;
  readonly phase: 'idle' | 'loading-model' | 'encoding' | 'ready';
  readonly progress: LoadProgress | null;
  readonly problem: TokenoscopeError | null;
  readonly notes: readonly LabNote[];
  readonly view: ImageView;
  /** In how many steps models draw that sample; null: in as many as each does unasked. */
  readonly steps: Steps | null;
  /** Which noise they begin with. */
  readonly seed: number;
  /** False shows the model's own pixels as squares. */
  readonly smooth: boolean;
}

/** Half a kilobit of meaning: recognisable, and visibly not yet sharp. */
const FIRST_K = 64;

const FIRST_MODEL = 'karhunen-128';

export const useImageLab = create<ImageLabState>(() => ({
  model: (bundledModels.find(({ id }) => id === FIRST_MODEL) ?? bundledModels[0])?.id ?? FIRST_MODEL,
  second: null,
  k: FIRST_K,
  source: null,
  shownModel: null,
  ids: null,
  wanted: { kind: 'sample', id: samples[0]?.id ?? '' },
  phase: 'idle',
  progress: null,
  problem: null,
  notes: [],
  view: 'side',
  steps: null,
  seed: 0,
  smooth: true,
}));

/** What is known of the model that is chosen (or of the second one), before it is loaded. */
export function useModel(which: 'model' | 'second' = 'model'): LabModel | undefined {
  const model = useImageLab((state) => state[which]);
  const checkpoints = useCheckpoints((state) => state.checkpoints);
  return findModel(model, checkpoints);
}

/** K: the number of tokens of the model that is chosen; of one that is not here, of the link that names it. */
export function tokenCount({ model, wanted, k }: Pick<ImageLabState, 'model' | 'wanted' | 'k'>): number {
  const count = findModel(model)?.tokens.count;
  return count ?? (wanted?.kind === 'tokens' ? wanted.ids.length : Math.max(1, k));
}

/** The same, for views. */
export function useTokenCount(): number {
  useCheckpoints((state) => state.checkpoints);
  return useImageLab(tokenCount);
}

/** False where a link names a checkpoint that is not here, and says nothing of how many tokens it has. */
export function useKnowsTokens(): boolean {
  const model = useModel();
  return useImageLab(({ wanted, ids }) => model !== undefined || wanted?.kind === 'tokens' || ids !== null);
}

export function setView(view: ImageView): void {
  useImageLab.setState({ view });
}

export function setSmooth(smooth: boolean): void {
  useImageLab.setState({ smooth });
}
