import { WorkerClient } from '../../../src/engine/rpc/client';
import type { CheckpointBenchApi } from './api';

/** What the benchmark calls from outside, through Playwright. */
export interface CheckpointBenchPage {
  open(name: string, threads: number): Promise<{ ms: number }>;
  round(): Promise<{ encode: number; decode: number }>;
}

const client = new WorkerClient<CheckpointBenchApi>(
  () => new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' }),
);

const page: CheckpointBenchPage = {
  open: (name, threads) =>
    client.call('open', { url: new URL(`checkpoints/${name}/`, document.baseURI).href, name, threads }),
  round: () => client.call('round', null),
};
Object.assign(globalThis, { bench: page });
