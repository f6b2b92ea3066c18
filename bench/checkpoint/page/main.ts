import { WorkerClient } from '../../../src/engine/rpc/client';
import type { CheckpointBenchApi, Difference } from './api';

/** What the benchmark calls from outside, through Playwright. */
export interface CheckpointBenchPage {
  open(name: string, threads: number): Promise<{ ms: number }>;
  round(): Promise<{ encode: number; decode: number }>;
  golden(name: string, half: boolean): Promise<Difference>;
}

const client = new WorkerClient<CheckpointBenchApi>(
  () => new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' }),
);

const folder = (name: string) => new URL(`checkpoints/${name}/`, document.baseURI).href;

const page: CheckpointBenchPage = {
  open: (name, threads) => client.call('open', { url: folder(name), name, threads }),
  round: () => client.call('round', null),
  golden: (name, half) => client.call('golden', { url: folder(name), name, half }),
};
Object.assign(globalThis, { bench: page });
