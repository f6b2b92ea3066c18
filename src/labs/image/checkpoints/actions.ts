import { isAborted, TokenoscopeError } from '../../../core/errors';
import {
  listCheckpoints,
  removeCheckpoint,
  removeUnfinished,
} from '../../../engine/storage/checkpoint-store';
import { listUnfinished, type Unfinished } from '../../../engine/storage/unfinished';
import { PIECE_BYTES } from '../../../engine/weights/download';
import type { CheckpointSource } from '../../../engine/weights/find-checkpoint';
import { type Device, findMisfit } from '../../../engine/weights/fit';
import {
  type CheckpointPlan,
  downloadBytes,
  inPrecision,
  type Precision,
} from '../../../engine/weights/plan';
import { parseSource } from '../../../engine/weights/source';
import type { KeepProgress } from '../../../engine/weights/weights.api';
import { inspectCheckpoint, keepCheckpoint } from '../../../engine/weights/weights.client';
import type { ImageLab } from '../image-lab';
import { asProblem } from '../load';
import { addingOf, set, stateOf } from './adding';
import type { AddingState } from './adding-state';

/** Reads what this browser keeps. */
export async function refreshList(lab: ImageLab): Promise<void> {
  const [checkpoints, unfinished] = await Promise.all([
    listCheckpoints().catch(() => []),
    listUnfinished(PIECE_BYTES).catch(() => []),
  ]);
  lab.models.store.setState({ checkpoints });
  set(lab, { unfinished, device: await lookAtDevice() });
}

/** Looks at what the visitor typed. */
export async function lookUp(lab: ImageLab, text: string): Promise<void> {
  await look(lab, () => parseSource(text, lab.host.settings.getState().hub));
}

/** Looks at other weights of where the present ones were found. */
export async function lookAtOther(lab: ImageLab, path: string): Promise<void> {
  const { source } = addingOf(lab);
  if (source && source.kind !== 'url') await look(lab, () => ({ ...source, path }), stateOf(lab).official);
}

/** Looks at files that the visitor gave. */
export async function lookAtFiles(lab: ImageLab, files: readonly File[]): Promise<void> {
  await look(lab, () => {
    if (files.length === 0) throw noFiles();
    return { kind: 'files', files: files.map((file) => ({ name: file.name, content: file })) };
  });
}

/** A folder may be empty, or what was dropped be a text. */
function noFiles(): TokenoscopeError {
  return new TokenoscopeError(
    'checkpoint-refused',
    'There was no file in that.',
    'Give a file of weights, or a folder that holds one.',
  );
}

/** @param official the label of the official checkpoint that is looked at; null where it is another one */
export async function look(
  lab: ImageLab,
  source: () => CheckpointSource,
  official: string | null = null,
): Promise<void> {
  const now = stateOf(lab);
  if (now.phase === 'keeping') return set(lab, { problem: stillAdding(now) });
  addingOf(lab).job?.abort();
  const mine = new AbortController();
  addingOf(lab).job = mine;
  set(lab, {
    phase: 'looking',
    plan: null,
    problem: null,
    progress: null,
    added: null,
    official,
    surprise: null,
  });
  try {
    const from = source();
    addingOf(lab).source = from;
    const plan = await inspectCheckpoint(from, mine.signal);
    await refreshList(lab);
    if (addingOf(lab).job !== mine) return;
    set(lab, { phase: 'found', ...asPreferred(lab, plan) });
  } catch (error) {
    if (addingOf(lab).job === mine)
      set(lab, { phase: 'idle', problem: isAborted(error) ? null : asProblem(error) });
  }
}

/** One is added at a time. */
function stillAdding({ plan }: AddingState): TokenoscopeError {
  return new TokenoscopeError(
    'checkpoint-refused',
    `${plan?.name} is still being added.`,
    'Wait for it or cancel it, then give this again.',
  );
}

function storedOf(lab: ImageLab, key: string): number {
  return stateOf(lab).unfinished.find(({ plan }) => plan.key === key)?.stored ?? 0;
}

/** Why this device cannot use a checkpoint; null where it may. */
export function misfit(lab: ImageLab, plan: CheckpointPlan, device: Device): TokenoscopeError | null {
  const share = storedOf(lab, plan.key) / downloadBytes(plan);
  return findMisfit(plan, device, share * plan.bytes);
}

/** The preferred precision where it fits, full precision at first; the one in which a download has begun before that. */
function asPreferred(lab: ImageLab, plan: CheckpointPlan): Pick<AddingState, 'plan' | 'stored'> {
  const { device, keepIn } = stateOf(lab);
  const half = inPrecision(plan, 'half');
  const isHalf =
    storedOf(lab, half.key) > storedOf(lab, plan.key) ||
    (keepIn === 'half' && storedOf(lab, plan.key) === 0) ||
    (misfit(lab, plan, device) !== null && !misfit(lab, half, device));
  const preferred = isHalf ? half : plan;
  return { plan: preferred, stored: storedOf(lab, preferred.key) };
}

/** Chooses the precision to keep what was found in. */
export function setPrecision(lab: ImageLab, precision: Precision): void {
  const { plan, phase } = stateOf(lab);
  if (!plan || phase === 'keeping') return;
  const changed = inPrecision(plan, precision);
  set(lab, { plan: changed, stored: storedOf(lab, changed.key), problem: null });
}

/** Resumes a download that stopped. */
export async function goOn(
  lab: ImageLab,
  { plan, stored }: Unfinished,
  official: string | null = null,
): Promise<void> {
  set(lab, { plan, stored, phase: 'found', problem: null, added: null, official, surprise: null });
  await keep(lab);
}

/** Downloads or copies what was found into this browser, and opens it. */
export async function keep(lab: ImageLab): Promise<void> {
  const { plan } = stateOf(lab);
  if (!plan) return;
  addingOf(lab).job?.abort();
  const mine = new AbortController();
  addingOf(lab).job = mine;
  set(lab, { phase: 'keeping', problem: null, progress: null, surprise: null });
  lab.store.setState({ keeps: true });
  // Persistent storage is requested now, when the visitor sees why: some browsers ask for consent.
  const isLasting = await navigator.storage?.persist?.().catch(() => false);
  set(lab, { isLasting: isLasting ?? false });
  try {
    const clock = startClock();
    const record = await keepCheckpoint(plan, {
      signal: mine.signal,
      onProgress: (progress) => {
        if (addingOf(lab).job === mine) set(lab, { progress: { ...progress, secondsLeft: clock(progress) } });
      },
    });
    const before = lab.models.store.getState().checkpoints.find(({ id }) => id === record.id);
    await refreshList(lab);
    if (addingOf(lab).job !== mine) return;
    set(lab, { phase: 'idle', plan: null, progress: null, added: record });
    if (before && before.precision !== record.precision) await lab.session.reloadModel(record.id);
    const { dialog, lanes } = lab.store.getState();
    // Where the dialog was closed, only lanes that wait for it change: the visitor has gone on.
    const waiting = lanes.filter(({ model }) => model === record.id);
    if (dialog) choose(lab, record.id);
    else for (const lane of waiting) lab.session.retry(lane);
    rest(lab, waiting.length > 0);
  } catch (error) {
    await refreshList(lab);
    if (addingOf(lab).job !== mine) return;
    const problem = isAborted(error) ? null : asProblem(error);
    set(lab, { phase: 'found', progress: null, problem, stored: storedOf(lab, plan.key) });
    rest(lab, problem === null);
  }
}

/** While the dialog is open it says what came of it; else the lab does, unless there is nothing to say. */
export function rest(lab: ImageLab, isSilent = false): void {
  if (isSilent || lab.store.getState().dialog) lab.store.setState({ keeps: false });
}

/** Stops the present work; what has been downloaded is kept, so that it can be resumed. */
export function stop(lab: ImageLab): void {
  const { phase, plan } = stateOf(lab);
  addingOf(lab).job?.abort();
  if (phase !== 'looking') return;
  addingOf(lab).job = undefined;
  set(lab, { phase: plan ? 'found' : 'idle' });
}

/** Dismisses what was found, or what became of it. */
export function putAway(lab: ImageLab): void {
  lab.store.setState({ keeps: false });
  set(lab, { phase: 'idle', plan: null, problem: null, added: null, official: null, surprise: null });
}

/** Deletes a checkpoint from this browser. */
export async function deleteCheckpoint(lab: ImageLab, id: string): Promise<void> {
  await change(lab, () => removeCheckpoint(id));
  await lab.session.dropModel(id);
}

/** Deletes what an unfinished download has stored. */
export async function deleteUnfinished(lab: ImageLab, key: string): Promise<void> {
  await change(lab, () => removeUnfinished(key));
  if (stateOf(lab).plan?.key === key) set(lab, { stored: 0 });
}

async function change(lab: ImageLab, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    set(lab, { problem: asProblem(error) });
  }
  await refreshList(lab);
}

/** Shows a checkpoint in the lane that the dialog was opened for. */
export function choose(lab: ImageLab, id: string): void {
  const { dialog, lanes } = lab.store.getState();
  const lane = dialog && lanes.includes(dialog.lane) ? dialog.lane : lab.session.lead;
  if (lane.model === id) lab.session.retry(lane);
  else lab.session.setModel(lane, id);
}

/** Seconds left, estimated from the pace so far. */
function startClock(): (progress: KeepProgress) => number | undefined {
  let first: { readonly at: number; readonly loaded: number } | undefined;
  return ({ loaded, total }) => {
    const now = performance.now();
    first ??= { at: now, loaded };
    const seconds = (now - first.at) / 1000;
    const pace = (loaded - first.loaded) / seconds;
    return seconds > 1 && pace > 0 ? (total - loaded) / pace : undefined;
  };
}

async function lookAtDevice(): Promise<Device> {
  const { quota, usage } = await (navigator.storage?.estimate?.() ?? Promise.resolve({})).catch(
    (): StorageEstimate => ({}),
  );
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  const free = quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage);
  return { memory: deviceMemory, free };
}
