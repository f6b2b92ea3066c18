/**
 * Does a piece of work that happens once in a worker's life, and leaves its time in the worker's timeline, where
 * `npm run bench -- app` and the browser's own tools find it.
 */
export async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    performance.measure(`tokenoscope: ${name}`, { start, end: performance.now() });
  }
}
