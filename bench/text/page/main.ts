import { WorkerClient } from '../../../src/engine/rpc/client';
import type { BenchApi } from './api';

const client = new WorkerClient<BenchApi>(
  () => new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' }),
);

/** What the benchmark calls from outside, through Playwright. */
export interface BenchPage {
  open(id: string): Promise<{ ms: number }>;
  round(text: string): Promise<{ ms: number; tokens: number }>;
}

const page: BenchPage = {
  open: (id) => client.call('open', { id }),
  round: (text) => client.call('round', { text }),
};
Object.assign(globalThis, { bench: page });
