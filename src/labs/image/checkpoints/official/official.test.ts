import { describe, expect, it } from 'vitest';
import { checkpointSeries, type OfficialCheckpoint } from '../../../../catalog/checkpoints';
import type { CheckpointPlan, StoredCheckpoint } from '../../../../engine/weights/plan';
import { formatPace, formatParameters, formatTimes, formatTokens, timesOf } from './figures';
import { isListed, statusOf } from './status';

function named(label: string): OfficialCheckpoint {
  return checkpointSeries.flatMap(({ checkpoints }) => checkpoints).find((one) => one.label === label)!;
}

const small = named('One-D-Piece-S-256');
const large = named('One-D-Piece-L-256');
const elsewhere = named('GigaTok S-S');
const hub = (repository: string) => ({ kind: 'hub', hub: 'https://hub', repository, commit: 'c' }) as const;

/** The facts that tell what is kept. */
function kept(origin: StoredCheckpoint['origin'], count = 256, parameters = 1): StoredCheckpoint {
  const tokens = { count, bits: 12, codebookSize: 4096, ordered: true };
  return { origin, tokens, parameters, precision: 'full' } as StoredCheckpoint;
}

const NOTHING = {
  phase: 'idle',
  official: null,
  unfinished: [],
  device: { memory: 8, free: undefined },
  keepIn: 'full',
} as const;

describe('statusOf', () => {
  it('tells what is not here, and in which precision it would be kept', () => {
    expect(statusOf(small, NOTHING, [])).toEqual({ kind: 'absent', precision: 'full' });
    expect(statusOf(small, { ...NOTHING, keepIn: 'half' }, [])).toEqual({
      kind: 'absent',
      precision: 'half',
    });
    const device = { memory: 3, free: undefined };
    expect(statusOf(large, { ...NOTHING, device }, [])).toEqual({ kind: 'absent', precision: 'half' });
  });

  it('says before a download that a device has no room, with what is needed', () => {
    const device = { memory: 1, free: undefined };
    expect(statusOf(large, { ...NOTHING, device }, [])).toMatchObject({
      kind: 'too-large',
      reason: { code: 'checkpoint-too-large', message: expect.stringContaining('One-D-Piece-L-256 needs') },
    });
  });

  it('knows what is kept: by its repository, or by its size where it came as a file', () => {
    const here = kept(hub('turing-motors/One-D-Piece-S-256'));
    expect(statusOf(small, NOTHING, [here])).toEqual({ kind: 'kept', record: here });
    expect(statusOf(large, NOTHING, [here]).kind).toBe('absent');
    const dropped = kept({ kind: 'files' }, 256, 129_252_619);
    expect(statusOf(elsewhere, NOTHING, [dropped])).toEqual({ kind: 'kept', record: dropped });
    expect(statusOf(elsewhere, NOTHING, [kept({ kind: 'files' }, 128, 129_252_619)]).kind).toBe('absent');
    expect(isListed(checkpointSeries, here)).toBe(true);
    expect(isListed(checkpointSeries, kept(hub('somebody/else')))).toBe(false);
    expect(isListed([], here)).toBe(false);
  });

  it('follows a download, for the one that it is about', () => {
    const about = { ...NOTHING, official: small.label, phase: 'keeping' } as const;
    expect(statusOf(small, about, []).kind).toBe('keeping');
    expect(statusOf(large, about, []).kind).toBe('absent');
    const plan = kept(hub('turing-motors/One-D-Piece-S-256')) as unknown as CheckpointPlan;
    const unfinished = [{ plan, stored: 5 }];
    expect(statusOf(small, { ...NOTHING, unfinished }, [])).toMatchObject({ kind: 'paused' });
  });
});

describe('figures', () => {
  it('are as short as a row', () => {
    expect(formatParameters(small)).toBe('26 + 58 M');
    expect(formatTokens(small)).toBe('256');
    expect(formatTokens(named('TiTok-BL-64 VAE'))).toBe('64 × 16');
    expect(formatPace(3.54e9)).toBe('3.54 billion');
    expect(formatPace(5.27e8)).toBe('527 million');
  });

  it('estimate seconds from what was measured here, or from what devices usually do', () => {
    expect(formatTimes(timesOf(small, null, 4e9))).toBe('4 + 11 s');
    expect(formatTimes(timesOf(small, { backend: 'webgpu', threads: 1 }, 4e9))).toBe('4 + 27 s');
    expect(formatTimes(timesOf(small, { backend: 'wasm', threads: 2 }, null))).toBe('1 + 4 s');
    expect(formatTimes({ encode: 0.2, decode: 8 })).toBe('<1 + 8 s');
    expect(formatTimes({ encode: 40, decode: 190 })).toBe('40 s + 3 min');
  });
});
