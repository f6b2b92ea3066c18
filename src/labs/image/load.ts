import { TokenoscopeError } from '../../core/errors';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import type { ModelDescription } from '../../core/image/manifest';
import type { ImageEngine } from '../../engine/image/image.client';
import { keepFrame } from '../../engine/image/prefix-player';
import type { LoadProgress } from '../../engine/rpc/protocol';
import { listed } from '../../ui/format';
import type { LabModels } from './models';
import type { RecentPictures } from './pictures';
import {
  type Basis,
  type Begun,
  type ImageSource,
  type OpenPicture,
  secondHandNote,
  type TokenRow,
} from './source';

/** What the lab needs of an engine. */
export type LabEngine = Pick<
  ImageEngine,
  'open' | 'encode' | 'decode' | 'report' | 'pace' | 'close' | 'setChoice' | 'release' | 'dispose'
>;

/** A sample's file, and what to call it. */
export interface FetchedSample {
  readonly blob: Blob;
  readonly label: string;
}

/** What loading a picture needs. */
export interface LoadTools {
  readonly engine: LabEngine;
  readonly models: LabModels;
  readonly recent: RecentPictures;
  /** @throws TokenoscopeError `model-fetch`, `link-invalid` */
  fetchSample(id: string, signal: AbortSignal): Promise<FetchedSample>;
}

/** The reconstruction of a link's picture, for models that cannot draw its tokens; undefined where there is none yet. */
type FindBasis = (source: ImageSource) => Promise<Basis | undefined>;

interface LoadOptions {
  /** For tokens that the model cannot draw. */
  readonly findBasis?: FindBasis;
  /** How many tokens will be shown first: a quick model draws them as it encodes. */
  readonly show?: number | undefined;
}

/** One step of the loading progress, or what there is to see already. */
export type LoadStep =
  | { readonly phase?: 'encoding'; readonly progress: LoadProgress | null }
  | { readonly begun: Begun };

/**
 * Loads a picture for a model: from memory, from a link's tokens, or by encoding. Opens the model, fetches the sample.
 * @param onStep called when a phase begins and as a download progresses
 * @throws TokenoscopeError what the engine throws; `model-fetch` for a sample; `link-invalid` for tokens that the
 *   model cannot draw
 */
export async function loadPicture(
  tools: LoadTools,
  model: string,
  source: ImageSource,
  signal: AbortSignal,
  onStep: (step: LoadStep) => void,
  options: LoadOptions = {},
): Promise<OpenPicture> {
  const { engine, models, recent } = tools;
  // What is known of a checkpoint is in this browser's storage.
  if (isCheckpointId(model) && !models.find(model)) await models.listOnce();
  const known = recent.recall(model, source);
  if (known) return known;
  const onProgress = (progress: LoadProgress) => onStep({ progress });
  const row = source.kind === 'tokens' ? models.rowFor(source.rows, model) : undefined;
  if (source.kind === 'tokens' && !row) {
    const original = recent.original(source);
    if (original) return loadPicture(tools, model, original.source, signal, onStep, options);
    const basis = await options.findBasis?.(source);
    if (!basis) throw cannotDraw(models, model, source.rows);
    const { encodeSecondHand } = await import('./lanes/second-hand');
    return encodeSecondHand(engine, model, source, basis, { signal, onProgress });
  }
  const sample = source.kind === 'sample' ? tools.fetchSample(source.id, signal) : undefined;
  sample?.catch(() => {}); // awaited below; until then a failure is not unhandled
  // Of a sample's or a link's picture the tokens may be known, and then nothing needs the encoder yet.
  const mayDraft = source.kind !== 'file';
  const { manifest, hash } = await engine.open(model, { signal, onProgress, mayDraft });
  const relative = recent.relative(model, source);
  if (relative) return { ...relative, model };
  if (source.kind === 'tokens') return pictureOfTokens(manifest, hash, source, row!);
  onStep({ phase: 'encoding', progress: null });
  const { blob, label } = source.kind === 'file' ? named(source) : await sample!;
  const isQuick = !manifest.sampler && !isCheckpointId(model);
  const encoded = await engine.encode(model, blob, {
    signal,
    onProgress,
    crop: source.crop,
    show: isQuick ? options.show : undefined,
    onBegun: ({ begun: frame, original }) => {
      const ids = { length: manifest.tokens.count };
      onStep({ begun: { ...manifest.image, label, original, frame, ids } });
    },
  });
  const { ids, original, source: size, first } = encoded;
  if (first) keepFrame(engine, { model, ids, original }, first);
  const { width, height } = manifest.image;
  const notes = source.kind === 'file' ? [...source.notes, ...encoded.notes] : encoded.notes;
  return { model, source, label, ids, width, height, original, size, notes, file: blob };
}

function named({ file, name }: Extract<ImageSource, { kind: 'file' }>): FetchedSample {
  return { blob: file, label: name || 'Pasted picture' };
}

/** Whether a model can show the picture itself, not only encode what another one makes of it. */
export function canDraw(tools: Pick<LoadTools, 'models' | 'recent'>, model: string, source: ImageSource) {
  if (source.kind !== 'tokens') return true;
  return tools.models.rowFor(source.rows, model) !== undefined || tools.recent.original(source) !== undefined;
}

/** The error for a link whose tokens this model cannot draw: names the models that made them or can draw them. */
export function cannotDraw(models: LabModels, model: string, rows: readonly TokenRow[]): TokenoscopeError {
  const makers = [...new Set(rows.flatMap((row) => row.models.map(({ id }) => id)))];
  const others = models
    .all()
    .filter(({ id }) => !makers.includes(id) && models.rowFor(rows, id))
    .map(({ label }) => label);
  const also = others.length === 0 ? '' : `${listed(others)} can draw them as well. `;
  return new TokenoscopeError(
    'link-invalid',
    `${models.label(model)} cannot show this picture: the link holds only the tokens of ${listed(makers.map((id) => models.label(id)))}.`,
    `${also}For any other model, open the picture itself, or a sample.`,
  );
}

function pictureOfTokens(
  { id: model, label, image, tokens }: ModelDescription,
  hash: string,
  source: ImageSource,
  { ids, models }: TokenRow,
): OpenPicture {
  if (ids.length !== tokens.count || ids.some((id) => id >= tokens.codebookSize)) {
    throw new TokenoscopeError(
      'link-invalid',
      `The tokens of this link do not fit ${label}, which has ${tokens.count} of them, each below ${tokens.codebookSize}.`,
      'Ask for the link again, or open a picture of your own.',
    );
  }
  const linked = models.find(({ id }) => id === model)?.hash ?? '';
  const said = source.kind === 'tokens' ? source.sent?.lanes : undefined;
  const isSecondHand = said?.some((lane) => lane.model === model && lane.secondHand) ?? false;
  const foreign = {
    code: 'foreign',
    text: `Made with another version of ${label}: the picture may look wrong here.`,
  };
  return {
    model,
    source,
    label: 'Picture from a link',
    ids,
    width: image.width,
    height: image.height,
    original: null,
    size: null,
    notes: [
      ...(linked !== '' && linked !== hash ? [foreign] : []),
      ...(isSecondHand ? [secondHandNote] : []),
    ],
    file: null,
  };
}

/** Any failure, in words for the visitor. */
export function asProblem(error: unknown): TokenoscopeError {
  if (error instanceof TokenoscopeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TokenoscopeError('internal', message, 'Try again.');
}

/** Whether trying the same again may help. */
export function canRetry({ code }: TokenoscopeError): boolean {
  return [
    'model-fetch',
    'model-corrupt',
    'model-run',
    'worker-died',
    'internal',
    'backend-unavailable',
    'checkpoint-missing',
  ].includes(code);
}
