import { isAborted, TokenoscopeError } from '../../core/errors';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import type { ImageEngine } from '../../engine/image/image.client';
import { forgetFrames } from '../../engine/image/player';
import { breathe, stopBreathing } from './breath';
import { firstLane, secondLane } from './lane';
import { loadPicture, startEngine } from './load';
import { findModel, listCheckpointsOnce, modelLabel } from './models';
import { forget, type OpenPicture, recall, remember } from './pictures';
import { inspected } from './screen';
import { type ImageSource, tokenCount, useImageLab } from './store';

/**
 * The lab's one session: which picture is open, and the player that decodes its prefixes. Everything here is
 * outside React; the store holds only what the page and the link need to know of it.
 */
let engine: ImageEngine | undefined;
let loading: AbortController | undefined;
/** The file behind `wanted` or `source` of kind "file". */
let file: File | Blob | undefined;
/** What to open where the first file is no picture and nothing is on screen yet. */
let instead: ImageSource | null = null;
/** False until the lab is on screen: a link that opens the text lab must not fetch an image model. */
let active = false;
let mayBreathe = true;

/** The engine of the page; it starts with the first picture. */
export function theEngine(): ImageEngine {
  engine ??= startEngine(() => {
    const { k } = useImageLab.getState();
    firstLane.replay(k);
    secondLane.replay(k);
  });
  return engine;
}

/** The lab came on screen: opens what is wanted. Returns what to do when it leaves. */
export function activate(): () => void {
  active = true;
  const { wanted, problem } = useImageLab.getState();
  if (wanted && !loading && !problem) void open(wanted);
  return () => {
    active = false;
    stopBreathing();
  };
}

/** Shows the first k tokens; out of range values are clamped. A cached position is painted before this returns. */
export function setK(k: number): void {
  const state = useImageLab.getState();
  const clamped = Math.min(tokenCount(state), Math.max(1, Math.round(k)));
  if (clamped === state.k) return;
  firstLane.show(clamped);
  secondLane.show(clamped);
  useImageLab.setState({ k: clamped });
}

/** Opens a picture file that was dropped, pasted or picked. */
export function openFile(blob: File | Blob): void {
  const { source, wanted } = useImageLab.getState();
  if (wanted?.kind !== 'file') instead = source ? null : wanted;
  file = blob;
  mayBreathe = false;
  void open({ kind: 'file', name: blob instanceof File ? blob.name : '', bytes: blob.size });
}

export function openSample(id: string): void {
  mayBreathe = false;
  void open({ kind: 'sample', id });
}

/** A link was opened: its k is not to be moved by anything but the visitor. */
export function holdStill(): void {
  mayBreathe = false;
  stopBreathing();
}

/** What a link asks for. Loads at once where the lab is on screen, else as soon as it is. */
export function openFromLink(model: string, source: ImageSource, k: number): void {
  const count = tokenCount({ model, wanted: source, k });
  useImageLab.setState({ model, k: Math.min(Math.max(1, k), count), wanted: source, problem: null });
  if (active) void open(source);
}

/** The same picture by another model. */
export function setModel(model: string): void {
  const state = useImageLab.getState();
  if (model === state.model) return;
  const source = state.wanted ?? state.source;
  if (source?.kind === 'tokens') {
    fail(
      new TokenoscopeError(
        'link-invalid',
        `The tokens of this link belong to ${modelLabel(state.model)}; another model cannot read them.`,
        'Open a picture or a sample first, then choose the model.',
      ),
    );
    return;
  }
  // Until its picture is there, k belongs to the picture on screen.
  const k = state.source ? state.k : Math.min(state.k, tokenCount({ ...state, model }));
  useImageLab.setState({ model, k });
  if (source) void open(source);
}

/** Tries again what failed. */
export function retry(): void {
  const { wanted } = useImageLab.getState();
  useImageLab.setState({ problem: null });
  if (wanted) void open(wanted);
  else firstLane.show(useImageLab.getState().k);
}

/** A model's weights are others now: what they made is made again. */
export async function reloadModel(id: string): Promise<void> {
  await theEngine().close(id);
  forget(id);
  forgetFrames(id);
  const { model, wanted, source } = useImageLab.getState();
  const again = wanted ?? source;
  if (model === id && again) void open(again);
}

/** Stops loading; the picture on screen stays. */
export function cancel(): void {
  loading?.abort();
  loading = undefined;
  const { source, wanted, model, shownModel } = useImageLab.getState();
  useImageLab.setState({
    phase: source ? 'ready' : 'idle',
    progress: null,
    wanted: source ? null : wanted,
    model: shownModel ?? model,
  });
  resume();
}

/** Goes on decoding the picture on screen, which opening another one had given up. */
function resume(): void {
  const { k } = useImageLab.getState();
  firstLane.replay(k);
  secondLane.replay(k);
}

export function dismissProblem(): void {
  const { source, wanted } = useImageLab.getState();
  useImageLab.setState({ problem: null, wanted: source ? null : wanted });
}

/** Says why something that was dropped or pasted could not be taken. */
export function refuse(message: string, hint: string): void {
  useImageLab.setState({ problem: new TokenoscopeError('not-an-image', message, hint) });
}

async function open(wanted: ImageSource, keepProblem = false): Promise<void> {
  loading?.abort();
  const controller = new AbortController();
  loading = controller;
  stopBreathing();
  const { model } = useImageLab.getState();
  useImageLab.setState({ wanted, phase: 'loading-model', progress: null });
  // What a slow model still computes for the picture on screen must not hold this one up.
  firstLane.giveUp();
  secondLane.giveUp();
  if (!keepProblem) useImageLab.setState({ problem: null });
  try {
    // What is known of a checkpoint stands in this browser's storage.
    if (isCheckpointId(model) && !findModel(model)) await listCheckpointsOnce();
    if (loading !== controller) return;
    const picture =
      recall(model, wanted) ??
      (await loadPicture(theEngine(), { model, source: wanted, file }, controller.signal, (step) => {
        if (loading === controller) useImageLab.setState(step);
      }));
    if (loading !== controller) return;
    loading = undefined;
    present(picture);
  } catch (error) {
    if (loading !== controller || isAborted(error)) return;
    loading = undefined;
    fail(error);
  }
}

function present(picture: OpenPicture): void {
  remember(picture);
  void listCheckpointsOnce(); // after the first picture: nothing waits for it
  inspected.set(null);
  if (picture.source.kind === 'file') file = picture.file ?? undefined;
  useImageLab.setState({
    source: picture.source,
    shownModel: picture.model,
    ids: picture.ids,
    wanted: null,
    phase: 'ready',
    progress: null,
    notes: picture.notes,
    // Only now is it known how many a checkpoint's picture has.
    k: Math.min(useImageLab.getState().k, picture.ids.length),
  });
  firstLane.open(theEngine(), picture, useImageLab.getState().k, fail);
  if (mayBreathe) breathe(picture.ids.length, useImageLab.getState().k, setK);
  mayBreathe = false;
}

function fail(error: unknown): void {
  const problem =
    error instanceof TokenoscopeError
      ? error
      : new TokenoscopeError(
          'internal',
          error instanceof Error ? error.message : String(error),
          'Try again.',
        );
  const { source, wanted, model, shownModel } = useImageLab.getState();
  // A sample or a link can be tried again; a file that is no picture cannot become one.
  const keep = wanted && canRetry(problem) ? wanted : null;
  useImageLab.setState({
    problem,
    phase: source ? 'ready' : 'idle',
    progress: null,
    wanted: keep,
    model: keep ? model : (shownModel ?? model),
  });
  resume();
  if (!source && !keep && instead) void open(instead, true);
  instead = null;
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
