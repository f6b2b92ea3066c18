import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { WATCHDOG } from './time-limit';

it('ends a process whose main thread is held by an expression', () => {
  const program = `
    const { Worker } = require('node:worker_threads');
    new Worker(${JSON.stringify(WATCHDOG)}, { eval: true, workerData: { seconds: 0.2, message: 'too long' } });
    /^(a+)+$/.test('a'.repeat(60) + 'b');
  `;
  const { signal, stderr } = spawnSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(signal).toBe('SIGTERM');
  expect(stderr).toBe('too long');
});
