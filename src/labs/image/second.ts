import { create } from 'zustand';
import { isAborted, TokenoscopeError } from '../../core/errors';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import { bundledModels } from '../../engine/image/models';
import type { LoadProgress } from '../../engine/rpc/protocol';
import { firstLane, secondLane } from './lane';
import { loadPicture } from './load';
import { listCheckpointsOnce, modelLabel, useCheckpoints } from './models';
import type { OpenPicture } from './pictures';
import { theEngine } from './session';
import { useImageLab } from './store';

/** How far the second model is with the picture on screen. */
interface SecondState {
  readonly phase: 'idle' | 'loading-model' | 'encoding' | 'ready';
  readonly progress: LoadProgress | null;
  readonly problem: TokenoscopeError | null;
}

const IDLE: SecondState = { phase: 'idle', progress: null, problem: null };

export const useSecond = create<SecondState>(() => IDLE);

let loading: AbortController | undefined;
/** What the second lane plays, or is about to. */
let current: { readonly model: string; readonly picture: OpenPicture } | undefined;

/** Keeps the second model at the picture of the first. Returns what to do when the lab leaves the screen. */
export function followFirst(): () => void {
  follow();
  const stops = [
    firstLane.opened.subscribe(follow),
    useImageLab.subscribe((state, previous) => {
      if (state.second !== previous.second) follow();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Puts a model beside the first one; null takes it away. */
export function setSecond(second: string | null): void {
  useImageLab.setState({ second });
}

/** What compares best: the same tokens through a linear decoder and through a trained one. */
const COMPANIONS = ['ladder-128', 'karhunen-128'];

/** Starts a comparison with the model that says most beside the present one. */
export function compare(): void {
  const { model } = useImageLab.getState();
  const ids = [...bundledModels, ...useCheckpoints.getState().checkpoints].map(({ id }) => id);
  const other = [...COMPANIONS.filter((id) => ids.includes(id)), ...ids].find((id) => id !== model);
  if (other !== undefined) setSecond(other);
}

export function retrySecond(): void {
  current = undefined;
  follow();
}

function follow(): void {
  const { second } = useImageLab.getState();
  const picture = firstLane.opened.get();
  if (second !== null && picture && current?.model === second && current.picture === picture) return;
  loading?.abort();
  loading = undefined;
  current = undefined;
  if (second === null || !picture) {
    secondLane.close();
    useSecond.setState(IDLE);
    return;
  }
  current = { model: second, picture };
  void open(second, picture);
}

async function open(model: string, picture: OpenPicture): Promise<void> {
  const controller = new AbortController();
  loading = controller;
  const mine = () => loading === controller;
  try {
    if (isCheckpointId(model)) await listCheckpointsOnce();
    if (!mine()) return;
    if (!picture.file) throw noOriginal(model);
    useSecond.setState({ phase: 'loading-model', progress: null, problem: null });
    const source = { kind: 'file', name: picture.label, bytes: picture.file.size } as const;
    const opened = await loadPicture(
      theEngine(),
      { model, source, file: picture.file },
      controller.signal,
      (step) => mine() && useSecond.setState(step),
    );
    if (!mine()) return;
    secondLane.open(theEngine(), opened, useImageLab.getState().k, fail);
    useSecond.setState({ phase: 'ready', progress: null });
  } catch (error) {
    if (!mine() || isAborted(error)) return;
    secondLane.close();
    fail(error);
  }
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
  useSecond.setState({ phase: 'idle', progress: null, problem });
}

function noOriginal(model: string): TokenoscopeError {
  const label = modelLabel(model);
  return new TokenoscopeError(
    'link-invalid',
    `${label} has nothing to encode: the original is not in this link.`,
    'Open a picture or a sample to compare models.',
  );
}
