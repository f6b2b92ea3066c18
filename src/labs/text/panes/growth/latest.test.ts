import { describe, expect, it } from 'vitest';
import { Latest, LatestOfEach } from './latest';

/** Work that ends when it is told to. */
function harness() {
  const log: string[] = [];
  const ends = new Map<number, (fails?: boolean) => void>();
  const latest = new Latest<number, string>(
    (want, signal) => {
      log.push(`start ${want}`);
      signal.addEventListener('abort', () => log.push(`abort ${want}`));
      return new Promise((resolve, reject) => {
        ends.set(want, (fails) => (fails ? reject(new Error('no')) : resolve(`result ${want}`)));
      });
    },
    (running, wanted) => running < 100 === wanted < 100,
    {
      done: (want, result) => log.push(`${want}: ${result}`),
      failed: (want) => log.push(`failed ${want}`),
      busy: (isBusy) => log.push(isBusy ? 'busy' : 'idle'),
    },
  );
  const end = async (want: number, fails = false) => {
    ends.get(want)!(fails);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { log, latest, end };
}

describe('the latest of many wants', () => {
  it('is done after the one at work; those between are passed over', async () => {
    const { log, latest, end } = harness();
    for (const want of [1, 2, 3]) latest.want(want);
    await end(1);
    await end(3);
    expect(log).toEqual(['busy', 'start 1', '1: result 1', 'busy', 'start 3', '3: result 3', 'idle']);
  });

  it('replaces at once what is of no more use, whose result is dropped', async () => {
    const { log, latest, end } = harness();
    latest.want(1);
    latest.want(100);
    await end(1);
    await end(100);
    expect(log.filter((line) => !/busy|idle/.test(line))).toEqual([
      'start 1',
      'abort 1',
      'start 100',
      '100: result 100',
    ]);
  });

  it('goes on after a failure, and stops when told', async () => {
    const { log, latest, end } = harness();
    latest.want(1);
    latest.want(2);
    await end(1, true);
    latest.stop();
    await end(2);
    expect(log.filter((line) => !/busy/.test(line))).toEqual([
      'start 1',
      'failed 1',
      'start 2',
      'abort 2',
      'idle',
    ]);
  });
});

describe('the latest of each', () => {
  it('waits for no other, and drops what is no longer wanted', async () => {
    const log: string[] = [];
    const ends = new Map<string, () => void>();
    const each = new LatestOfEach<string, string>(
      () =>
        new Latest(
          (want, signal) => {
            signal.addEventListener('abort', () => log.push(`abort ${want}`));
            return new Promise((resolve) => ends.set(want, () => resolve(want)));
          },
          () => true,
          { done: (want) => log.push(`done ${want}`), failed: () => undefined, busy: () => undefined },
        ),
    );
    const end = async (want: string) => {
      ends.get(want)!();
      await Promise.resolve();
      await Promise.resolve();
    };
    each.want(
      new Map([
        ['slow', 'slow 1'],
        ['quick', 'quick 1'],
      ]),
    );
    each.want(
      new Map([
        ['slow', 'slow 2'],
        ['quick', 'quick 2'],
      ]),
    );
    await end('quick 1');
    await end('quick 2');
    expect(log).toEqual(['done quick 1', 'done quick 2']);
    each.want(new Map([['quick', 'quick 2']]));
    await end('slow 1');
    expect(log.slice(2)).toEqual(['abort slow 1']);
    expect(ends.has('slow 2')).toBe(false);
  });
});
