import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import type { OfficialCheckpoint } from '../../../catalog/checkpoints';
import { TokenoscopeError } from '../../../core/errors';
import type { CheckpointPlan, StoredCheckpoint } from '../../../engine/weights/plan';
import { tinyLab } from '../testing/tiny-lab';
import { keep, lookAtFiles, lookAtOther, putAway, stop } from './actions';
import { stateOf } from './adding';
import { getOfficial } from './official/get';

const work = vi.hoisted(() => ({ inspect: vi.fn(), keep: vi.fn() }));
vi.mock('../../../engine/weights/weights.client', () => ({
  inspectCheckpoint: work.inspect,
  keepCheckpoint: work.keep,
}));
afterAll(() => vi.unstubAllGlobals());

const ID = `hf:somebody/model@${'c'.repeat(40)}`;
const plan = {
  id: ID,
  key: ID,
  name: 'model',
  origin: { kind: 'files' },
  format: 'safetensors',
  precision: 'full',
  parameters: 1,
  bytes: 4,
  halfBytes: null,
  files: [{ path: 'model.safetensors', bytes: 4 }],
} as unknown as CheckpointPlan;
const record = { id: ID, name: 'model', precision: 'full' } as StoredCheckpoint;

/** A lab that keeps a checkpoint until it is told how that ends. */
async function keeping() {
  const tools = tinyLab();
  const { lab } = tools;
  const dialog = { lane: lab.session.lead, wanted: '' };
  lab.store.setState({ dialog });
  work.inspect.mockResolvedValue(plan);
  await lookAtFiles(lab, [new File(['x'], 'model.safetensors')]);
  let ends: { resolve(made: StoredCheckpoint): void; reject(error: TokenoscopeError): void } | undefined;
  work.keep.mockImplementation(
    (_: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        ends = { resolve, reject };
        signal.addEventListener('abort', () => reject(new TokenoscopeError('aborted', 'Stopped.')));
      }),
  );
  const done = keep(lab);
  await tools.settled();
  return { ...tools, ends: ends!, done, dialog, setModel: vi.spyOn(lab.session, 'setModel') };
}

beforeEach(() => {
  vi.stubGlobal('navigator', {});
  vi.restoreAllMocks();
  work.inspect.mockReset();
  work.keep.mockReset();
});

it('what has come is shown at once while the dialog is open', async () => {
  const { lab, ends, done, setModel } = await keeping();
  expect(lab.store.getState().keeps).toBe(true);
  ends.resolve(record);
  await done;
  expect(setModel).toHaveBeenCalledWith(lab.session.lead, ID);
  expect(lab.store.getState().keeps).toBe(false);
});

it('it is offered where the dialog was closed meanwhile, and no lane changes by itself', async () => {
  const { lab, ends, done, setModel } = await keeping();
  lab.store.setState({ dialog: null });
  ends.resolve(record);
  await done;
  expect(setModel).not.toHaveBeenCalled();
  expect(stateOf(lab)).toMatchObject({ phase: 'idle', added: { id: ID } });
  expect(lab.store.getState().keeps).toBe(true);
  putAway(lab);
  expect(lab.store.getState().keeps).toBe(false);
});

it('a failure is said in the lab, and a cancelled one needs no word', async () => {
  const failed = await keeping();
  failed.lab.store.setState({ dialog: null });
  failed.ends.reject(new TokenoscopeError('storage-full', 'There is no room.', 'Make some.'));
  await failed.done;
  expect(stateOf(failed.lab).problem?.message).toBe('There is no room.');
  expect(failed.lab.store.getState().keeps).toBe(true);

  const cancelled = await keeping();
  cancelled.lab.store.setState({ dialog: null });
  stop(cancelled.lab);
  await cancelled.done;
  expect(stateOf(cancelled.lab)).toMatchObject({ phase: 'found', problem: null });
  expect(cancelled.lab.store.getState().keeps).toBe(false);
});

it('what is given meanwhile waits, and does not end it', async () => {
  const { lab, ends, done } = await keeping();
  await lookAtFiles(lab, [new File(['y'], 'other.pt')]);
  expect(stateOf(lab)).toMatchObject({
    phase: 'keeping',
    problem: { message: 'model is still being added.' },
  });
  expect(work.inspect).toHaveBeenCalledTimes(1);
  ends.resolve(record);
  await done;
  expect(stateOf(lab).added?.id).toBe(ID);
});

it('other weights are looked at where the first ones were found', async () => {
  const { lab } = tinyLab();
  work.inspect.mockResolvedValue(plan);
  const files = [new File(['x'], 'model.safetensors'), new File(['y'], 'ema.safetensors')];
  await lookAtFiles(lab, files);
  await lookAtOther(lab, 'ema.safetensors');
  expect(work.inspect.mock.calls.map(([{ kind, path }]) => [kind, path])).toEqual([
    ['files', undefined],
    ['files', 'ema.safetensors'],
  ]);
});

it('an official model that was asked for comes also where the dialog is closed at once, or the lab says why not', async () => {
  const checkpoint = {
    label: 'Small',
    source: { kind: 'hub', repository: 'somebody/model' },
    parameters: { encoder: 1, decoder: 1 },
  } as unknown as OfficialCheckpoint;
  work.keep.mockResolvedValue(record);
  for (const [found, added] of [
    [plan, ID],
    [{ ...plan, files: [{ path: 'model.safetensors', bytes: 400 }] }, undefined],
  ] as const) {
    const { lab } = tinyLab();
    lab.store.setState({ dialog: { lane: lab.session.lead, wanted: '' } });
    work.inspect.mockImplementation(async () => {
      lab.store.setState({ dialog: null });
      return found;
    });
    await getOfficial(lab, checkpoint);
    expect(stateOf(lab).added?.id).toBe(added);
    expect(stateOf(lab).surprise === null).toBe(added !== undefined);
    expect(lab.store.getState().keeps).toBe(true);
  }
});
