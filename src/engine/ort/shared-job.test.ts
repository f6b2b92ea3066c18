import { expect, it } from 'vitest';
import { SharedJob } from './shared-job';

function start() {
  let finish: (value: string) => void = () => {};
  let report: (progress: number) => void = () => {};
  let signal: AbortSignal | undefined;
  const job = new SharedJob<string, number>((workSignal, onProgress) => {
    signal = workSignal;
    report = onProgress;
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  return {
    job,
    finish: (value: string) => finish(value),
    report: (n: number) => report(n),
    signal: () => signal!,
  };
}

it('one caller leaving does not disturb the other', async () => {
  const { job, finish, signal } = start();
  const leaving = new AbortController();
  const first = job.join(leaving.signal);
  const second = job.join();
  leaving.abort();
  await expect(first).rejects.toMatchObject({ code: 'aborted' });
  expect(signal().aborted).toBe(false);
  finish('ready');
  expect(await second).toBe('ready');
  expect(job.abandoned).toBe(false);
});

it('the work is aborted when the last has left', async () => {
  const { job, signal } = start();
  const controllers = [new AbortController(), new AbortController()];
  const calls = controllers.map(({ signal: leave }) => job.join(leave));
  for (const controller of controllers) controller.abort();
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'aborted' });
  expect(signal().aborted).toBe(true);
  expect(job.abandoned).toBe(true);
});

it('everyone who waits hears of progress; whoever comes late gets the result', async () => {
  const { job, finish, report } = start();
  const heard: string[] = [];
  const calls = ['a', 'b'].map((name) => job.join(undefined, (n) => heard.push(`${name}${n}`)));
  report(1);
  finish('ready');
  await Promise.all(calls);
  report(2);
  expect(heard).toEqual(['a1', 'b1']);
  expect(await job.join()).toBe('ready');
  expect(job.abandoned).toBe(false);
});

it('a signal that has fired already leaves at once', async () => {
  const { job } = start();
  await expect(job.join(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
});
