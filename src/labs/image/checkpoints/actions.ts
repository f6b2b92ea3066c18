import { create } from 'zustand';
import { isAborted, TokenoscopeError } from '../../../core/errors';
import {
  listCheckpoints,
  listUnfinished,
  removeCheckpoint,
  removeUnfinished,
  type Unfinished,
} from '../../../engine/storage/checkpoint-store';
import { PIECE_BYTES } from '../../../engine/weights/download';
import { type Device, findMisfit } from '../../../engine/weights/fit';
import type { CheckpointSource } from '../../../engine/weights/inspect';
import {
  type CheckpointPlan,
  downloadBytes,
  inPrecision,
  type Precision,
  type StoredCheckpoint,
} from '../../../engine/weights/plan';
import { parseSource } from '../../../engine/weights/source';
import { inspectCheckpoint, keepCheckpoint } from '../../../engine/weights/weights.client';
import { useSettings } from '../../settings/store';
import { useCheckpoints } from '../models';
import { setSecond } from '../second';
import { reloadModel, retry, setModel, theEngine } from '../session';
import { useImageLab } from '../store';

/** What the dialog shows. A download goes on while the dialog is closed. */
export interface AddingState {
  readonly phase: 'idle' | 'looking' | 'found' | 'keeping';
  /** In the precision that it is to be kept in. */
  readonly plan: CheckpointPlan | null;
  /** Bytes of the plan's files that have been fetched already. */
  readonly stored: number;
  /** What this device offers, as of the last look. */
  readonly device: Device;
  readonly progress: {
    readonly phase: 'download' | 'check';
    readonly loaded: number;
    readonly total: number;
    /** Undefined until there is something to judge by. */
    readonly secondsLeft: number | undefined;
  } | null;
  readonly problem: TokenoscopeError | null;
  readonly unfinished: readonly Unfinished[];
  /** False where the browser may delete what is kept here when it runs out of room; null where nobody has asked. */
  readonly isLasting: boolean | null;
  /** The checkpoint that was added last. */
  readonly added: StoredCheckpoint | null;
}

const UNKNOWN: Device = { memory: undefined, free: undefined };

export const useAdding = create<AddingState>(() => ({
  phase: 'idle',
  plan: null,
  stored: 0,
  device: UNKNOWN,
  progress: null,
  problem: null,
  unfinished: [],
  isLasting: null,
  added: null,
}));

const set = useAdding.setState;
let job: AbortController | undefined;

/** Reads what this browser keeps. */
export async function refreshList(): Promise<void> {
  const [checkpoints, unfinished] = await Promise.all([
    listCheckpoints().catch(() => []),
    listUnfinished(PIECE_BYTES).catch(() => []),
  ]);
  useCheckpoints.setState({ checkpoints });
  set({ unfinished, device: await lookAtDevice() });
}

/** Looks at what the visitor typed. */
export async function lookUp(text: string): Promise<void> {
  await look(() => parseSource(text, useSettings.getState().hub));
}

/** Looks at files that the visitor gave. */
export async function lookAtFiles(files: readonly File[]): Promise<void> {
  await look(() => ({
    kind: 'files',
    files: files.map((file) => ({ name: file.name, content: file })),
  }));
}

async function look(source: () => CheckpointSource): Promise<void> {
  job?.abort();
  const mine = new AbortController();
  job = mine;
  set({ phase: 'looking', plan: null, problem: null, progress: null, added: null });
  try {
    const plan = await inspectCheckpoint(source(), mine.signal);
    await refreshList();
    if (job !== mine) return;
    set({ phase: 'found', ...asPreferred(plan) });
  } catch (error) {
    if (job === mine) set({ phase: 'idle', problem: isAborted(error) ? null : asProblem(error) });
  }
}

function storedOf(key: string): number {
  return useAdding.getState().unfinished.find(({ plan }) => plan.key === key)?.stored ?? 0;
}

/** Why a checkpoint will not do here; null where it may. */
export function misfit(plan: CheckpointPlan, device: Device): TokenoscopeError | null {
  const share = storedOf(plan.key) / downloadBytes(plan);
  return findMisfit(plan, device, share * plan.bytes);
}

/** In full where that fits; else in half precision, as also where that download has begun. */
function asPreferred(plan: CheckpointPlan): Pick<AddingState, 'plan' | 'stored'> {
  const { device } = useAdding.getState();
  const half = inPrecision(plan, 'half');
  const isHalf =
    storedOf(half.key) > storedOf(plan.key) || (misfit(plan, device) !== null && !misfit(half, device));
  const preferred = isHalf ? half : plan;
  return { plan: preferred, stored: storedOf(preferred.key) };
}

/** How what was found is to be kept. */
export function setPrecision(precision: Precision): void {
  const { plan, phase } = useAdding.getState();
  if (!plan || phase === 'keeping') return;
  const changed = inPrecision(plan, precision);
  set({ plan: changed, stored: storedOf(changed.key), problem: null });
}

/** Goes on with a download that stopped. */
export async function goOn({ plan, stored }: Unfinished): Promise<void> {
  set({ plan, stored, phase: 'found', problem: null });
  await keep();
}

/** Brings what was found into this browser, and opens it. */
export async function keep(): Promise<void> {
  const { plan } = useAdding.getState();
  if (!plan) return;
  job?.abort();
  const mine = new AbortController();
  job = mine;
  set({ phase: 'keeping', problem: null, progress: null });
  // Asked for now, as the visitor sees why; some browsers show a question.
  const isLasting = await navigator.storage?.persist?.().catch(() => false);
  set({ isLasting: isLasting ?? false });
  try {
    const clock = startClock();
    const record = await keepCheckpoint(plan, {
      signal: mine.signal,
      onProgress: (progress) => {
        if (job === mine) set({ progress: { ...progress, secondsLeft: clock(progress) } });
      },
    });
    const before = useCheckpoints.getState().checkpoints.find(({ id }) => id === record.id);
    await refreshList();
    if (job !== mine) return;
    set({ phase: 'idle', plan: null, progress: null, added: record });
    if (before && before.precision !== record.precision) await reloadModel(record.id);
    choose(record.id);
  } catch (error) {
    await refreshList();
    if (job !== mine) return;
    const problem = isAborted(error) ? null : asProblem(error);
    set({ phase: 'found', progress: null, problem, stored: storedOf(plan.key) });
  }
}

/** Stops what is going on; what has been downloaded is kept, to go on with. */
export function stop(): void {
  const { phase, plan } = useAdding.getState();
  job?.abort();
  if (phase !== 'looking') return;
  job = undefined;
  set({ phase: plan ? 'found' : 'idle' });
}

/** Puts away what was found. */
export function putAway(): void {
  set({ phase: 'idle', plan: null, problem: null, added: null });
}

/** Deletes a checkpoint from this browser. */
export async function deleteCheckpoint(id: string): Promise<void> {
  await change(() => removeCheckpoint(id));
  await theEngine().close(id);
  const { second, model, source } = useImageLab.getState();
  if (second === id) setSecond(null);
  // Tokens that came in a link belong to it: they stay, and it is offered again where it is needed.
  if (model === id && source?.kind !== 'tokens') setModel(useImageLab.getInitialState().model);
}

/** Deletes what a download has brought. */
export async function deleteUnfinished(key: string): Promise<void> {
  await change(() => removeUnfinished(key));
  if (useAdding.getState().plan?.key === key) set({ stored: 0 });
}

async function change(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    set({ problem: asProblem(error) });
  }
  await refreshList();
}

/** Shows a checkpoint in the place that the dialog was opened for. */
function choose(id: string): void {
  const place = useCheckpoints.getState().dialog?.place ?? 'model';
  if (place === 'second') setSecond(id);
  else if (useImageLab.getState().model === id) retry();
  else setModel(id);
}

/** Seconds left, by the pace of the present phase. */
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

function asProblem(error: unknown): TokenoscopeError {
  if (error instanceof TokenoscopeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TokenoscopeError('internal', message, 'Try again.');
}
