import { createStore, useStore } from 'zustand';
import { isAborted, type TokenoscopeError } from '../../../core/errors';
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
import { inspectCheckpoint, keepCheckpoint } from '../../../engine/weights/weights.client';
import type { ImageLab } from '../image-lab';
import { useLab } from '../lab-context';
import { asProblem } from '../load';
import type { Adding, AddingState } from './adding-state';

const UNKNOWN: Device = { memory: undefined, free: undefined };

function addingOf(lab: ImageLab): Adding {
  lab.adding ??= {
    store: createStore<AddingState>(() => ({
      phase: 'idle',
      plan: null,
      stored: 0,
      device: UNKNOWN,
      progress: null,
      problem: null,
      unfinished: [],
      isLasting: null,
      added: null,
      official: null,
      surprise: null,
      catalogue: null,
      keepIn: 'full',
      pace: null,
    })),
    job: undefined,
  };
  return lab.adding;
}

/** What a lab is adding right now. */
export function stateOf(lab: ImageLab): AddingState {
  return addingOf(lab).store.getState();
}

/** The same, for views. */
export function useAdding<T>(select: (state: AddingState) => T): T {
  return useStore(addingOf(useLab()).store, select);
}

/** Changes it. */
export function set(lab: ImageLab, change: Partial<AddingState>): void {
  addingOf(lab).store.setState(change);
}

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

/** Looks at files that the visitor gave. */
export async function lookAtFiles(lab: ImageLab, files: readonly File[]): Promise<void> {
  await look(lab, () => ({
    kind: 'files',
    files: files.map((file) => ({ name: file.name, content: file })),
  }));
}

/** @param official the label of the official checkpoint that is looked at; null where it is another one */
export async function look(
  lab: ImageLab,
  source: () => CheckpointSource,
  official: string | null = null,
): Promise<void> {
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
    const plan = await inspectCheckpoint(source(), mine.signal);
    await refreshList(lab);
    if (addingOf(lab).job !== mine) return;
    set(lab, { phase: 'found', ...asPreferred(lab, plan) });
  } catch (error) {
    if (addingOf(lab).job === mine)
      set(lab, { phase: 'idle', problem: isAborted(error) ? null : asProblem(error) });
  }
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
    choose(lab, record.id);
  } catch (error) {
    await refreshList(lab);
    if (addingOf(lab).job !== mine) return;
    const problem = isAborted(error) ? null : asProblem(error);
    set(lab, { phase: 'found', progress: null, problem, stored: storedOf(lab, plan.key) });
  }
}

/** Stops the present work; what has been downloaded is kept, so that it can be resumed. */
export function stop(lab: ImageLab): void {
  const { phase, plan } = stateOf(lab);
  addingOf(lab).job?.abort();
  if (phase !== 'looking') return;
  addingOf(lab).job = undefined;
  set(lab, { phase: plan ? 'found' : 'idle' });
}

/** Dismisses what was found. */
export function putAway(lab: ImageLab): void {
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

/** Seconds left, estimated from the pace of the present phase. */
function startClock(): (progress: { phase: string; loaded: number; total: number }) => number | undefined {
  let first: { readonly phase: string; readonly at: number; readonly loaded: number } | undefined;
  return ({ phase, loaded, total }) => {
    const now = performance.now();
    if (first?.phase !== phase) first = { phase, at: now, loaded };
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
