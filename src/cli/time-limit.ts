import { Worker } from 'node:worker_threads';

/**
 * Ends the process from a separate thread: an expression that never finishes blocks the main thread, where
 * no timer would fire. Plain JavaScript in a string, so that no separate file has to be located.
 */
export const WATCHDOG = `
  const { writeSync } = require('node:fs');
  const { workerData } = require('node:worker_threads');
  setTimeout(() => {
    writeSync(2, workerData.message);
    process.kill(process.pid, 'SIGTERM');
  }, workerData.seconds * 1000);
`;

/**
 * Ends the process with a message and the signal SIGTERM (exit code 143) unless it is stopped in time.
 * @returns stops the clock
 */
export function limitTime(seconds: number): () => void {
  const message = `This took longer than ${seconds} s (--timeout) and was ended.\n`;
  const worker = new Worker(WATCHDOG, { eval: true, workerData: { seconds, message } });
  worker.unref();
  return () => void worker.terminate();
}
