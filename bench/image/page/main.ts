import { probeWebGpu } from '../../../src/engine/host/probe';
import { WorkerClient } from '../../../src/engine/rpc/client';
import type { Round } from '../prepare';
import type { BenchApi, Setting } from './api';

const clients = new Map<string, WorkerClient<BenchApi>>();

function client(setting: Setting): WorkerClient<BenchApi> {
  const key = JSON.stringify(setting);
  let found = clients.get(key);
  if (!found) {
    found = new WorkerClient(
      () => new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' }),
    );
    clients.set(key, found);
  }
  return found;
}

/** What the benchmark calls from outside, through Playwright. */
export interface BenchPage {
  probe: typeof probeWebGpu;
  open(setting: Setting, model: string): Promise<{ ms: number }>;
  round(setting: Setting): Promise<Round>;
}

const page: BenchPage = {
  probe: () => probeWebGpu(),
  open: (setting, model) =>
    client(setting).call('open', { setting, model, modelsUrl: new URL('models/', document.baseURI).href }),
  round: (setting) => client(setting).call('round', null),
};
Object.assign(globalThis, { bench: page });
