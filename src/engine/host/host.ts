import { TokenoscopeError } from '../../core/errors';
import { IDLE_MS, WorkerClient, type WorkerLike } from '../rpc/client';
import type { Api } from '../rpc/protocol';
import type { Backend, BackendChoice, BackendReport } from './backend';
import { describeWasm, describeWebGpu } from './backend-words';
import { probeWebGpu, type WebGpuProbe, webGpuLoss } from './probe';

/** How a host starts. */
export interface HostOptions {
  readonly choice: BackendChoice;
  /** Starts a backend's worker. */
  readonly workers: Readonly<Record<Backend, () => WorkerLike>>;
  /** Called whenever a subject's backend becomes known or changes. */
  readonly onReport: (report: BackendReport, subject: string) => void;
  /** Milliseconds; for tests. */
  readonly idleMs?: number | undefined;
}

/** What a worker reports when it has opened a subject. */
interface Opened {
  readonly threads: number;
}

/** How to open a subject (a model, say) in a worker, and what to do with it then. */
export interface HostJob<A extends Api, O extends Opened, T> {
  /** Called once for each backend; a worker that was started again opens by itself what its calls need. */
  readonly open: (backend: Backend, client: WorkerClient<A>) => Promise<O>;
  readonly run: (client: WorkerClient<A>, opened: O, report: BackendReport) => Promise<T>;
}

/**
 * Owns one worker per backend for engines that run models: picks a backend for each subject, moves from WebGPU to WASM,
 * with the reason reported, where WebGPU is missing, computes wrongly, or is lost, and ends workers that are idle.
 */
export class BackendHost<A extends Api, O extends Opened> {
  #choice: BackendChoice;
  readonly #onReport: HostOptions['onReport'];
  readonly #clients: Readonly<Record<Backend, WorkerClient<A>>>;
  readonly #reports = new Map<string, BackendReport>();
  /** By backend and subject. A restarted worker opens again by itself, so entries stay true. */
  readonly #opened = new Map<string, O>();
  /** Why a subject may not run on WebGPU any more. */
  readonly #refused = new Map<string, string>();
  #probe: Promise<WebGpuProbe> | undefined;
  /** Set while the page watches the graphics device. */
  #watch: AbortController | undefined;
  /** Grows with every choice, so that late answers to an earlier one are ignored. */
  #generation = 0;

  constructor({ choice, workers, onReport, idleMs = IDLE_MS }: HostOptions) {
    this.#choice = choice;
    this.#onReport = onReport;
    this.#clients = {
      wasm: new WorkerClient(workers.wasm, { idleMs }),
      webgpu: new WorkerClient(workers.webgpu, {
        idleMs,
        onEnd: (why) => {
          if (why === 'idle') this.#endWatch();
        },
      }),
    };
  }

  /** Where a subject runs; undefined until it has been opened under the present choice. */
  report(subject: string): BackendReport | undefined {
    return this.#reports.get(subject);
  }

  /** A backend's worker, for calls that only it supports. */
  client(backend: Backend): WorkerClient<A> {
    return this.#clients[backend];
  }

  /** Finds out where a first subject will run, and starts that worker, so that its first job waits for neither. */
  begin(): void {
    const generation = this.#generation;
    void this.#webGpu(this.#choice, '').then(({ adapter }) => {
      if (generation === this.#generation) this.#clients[adapter === undefined ? 'wasm' : 'webgpu'].begin();
    });
  }

  /** Uses another backend from the next call on. A new choice also clears WebGPU's earlier failures. */
  setChoice(choice: BackendChoice): void {
    if (choice === this.#choice) return;
    this.#choice = choice;
    this.#generation++;
    this.#probe = undefined;
    this.#reports.clear();
    this.#opened.clear();
    if (this.#refused.size > 0) this.#clients.webgpu.dispose(); // a lost device stays lost in its worker
    this.#refused.clear();
  }

  /**
   * Opens the subject on the best backend that is left for it, does the job there, and falls back where it must.
   * @throws what the job throws
   */
  async run<T>(subject: string, job: HostJob<A, O, T>): Promise<T> {
    const generation = this.#generation;
    const webgpu = await this.#webGpu(this.#choice, subject);
    let { why } = webgpu;
    if (webgpu.adapter !== undefined) {
      try {
        const report = { backend: 'webgpu', threads: 1, reason: webgpu.adapter } as const;
        return await this.#runOn('webgpu', subject, generation, () => report, job);
      } catch (error) {
        if (!blamesBackend(error)) throw error;
        why = error.message;
        if (generation === this.#generation) this.#refused.set(subject, why);
      }
    }
    const report = ({ threads }: O): BackendReport => ({
      backend: 'wasm',
      threads,
      reason: describeWasm(threads, why, globalThis.crossOriginIsolated),
    });
    return this.#runOn('wasm', subject, generation, report, job);
  }

  /**
   * Forgets that a subject is open: the next job opens it again.
   * @returns the backends whose running workers have it open
   */
  forget(subject: string): Backend[] {
    const backends = (['wasm', 'webgpu'] as const).filter((backend) =>
      this.#opened.delete(keyOf(backend, subject)),
    );
    return backends.filter((backend) => this.#clients[backend].isRunning);
  }

  /** Ends the workers as soon as nobody waits for them, which frees their memory. A later call starts new ones. */
  release(): void {
    this.#clients.wasm.release();
    this.#clients.webgpu.release();
  }

  /** Stops the workers; calls in flight fail as aborted. A later call starts new ones. */
  dispose(): void {
    this.#generation++;
    this.#endWatch();
    this.#clients.wasm.dispose();
    this.#clients.webgpu.dispose();
  }

  async #runOn<T>(
    backend: Backend,
    subject: string,
    generation: number,
    toReport: (opened: O) => BackendReport,
    job: HostJob<A, O, T>,
  ): Promise<T> {
    const client = this.#clients[backend];
    if (backend === 'webgpu') this.#watchDevice();
    const key = keyOf(backend, subject);
    let opened = this.#opened.get(key);
    if (!opened) {
      opened = await job.open(backend, client);
      this.#opened.set(key, opened);
    }
    const report = toReport(opened);
    if (generation === this.#generation && this.#reports.get(subject)?.reason !== report.reason) {
      this.#reports.set(subject, report);
      this.#onReport(report, subject);
    }
    return job.run(client, opened, report);
  }

  /**
   * A run in flight when the graphics process dies may never return in its worker. The page notices the death
   * through a device of its own, stops the worker, and the calls in flight move to WASM.
   */
  #watchDevice(): void {
    if (this.#watch) return;
    const watch = new AbortController();
    this.#watch = watch;
    void webGpuLoss(watch.signal).then((why) => {
      if (why === undefined || this.#watch !== watch) return;
      this.#watch = undefined;
      // Also for subjects without a call in flight: WebGPU is used again only when the user chooses it again.
      for (const subject of this.#reports.keys()) this.#refused.set(subject, why);
      this.#clients.webgpu.dispose(new TokenoscopeError('backend-unavailable', why));
    });
  }

  #endWatch(): void {
    this.#watch?.abort();
    this.#watch = undefined;
  }

  /** `adapter` (words for the badge) where WebGPU should be tried for the subject, else `why` not. */
  async #webGpu(choice: BackendChoice, subject: string): Promise<{ adapter?: string; why: string }> {
    if (choice === 'wasm') return { why: '' };
    const refused = this.#refused.get(subject);
    if (refused !== undefined) return { why: refused };
    this.#probe ??= probeWebGpu();
    const probe = await this.#probe;
    if (!probe.ok) return { why: probe.why };
    if (choice === 'auto' && probe.software) {
      return { why: `WebGPU is only emulated on the CPU here (${probe.name}), which is slower` };
    }
    return { adapter: describeWebGpu(probe), why: '' };
  }
}

function keyOf(backend: Backend, subject: string): string {
  return `${backend} ${subject}`;
}

/** Whether the same call may succeed on WASM. */
function blamesBackend(error: unknown): error is TokenoscopeError {
  return (
    error instanceof TokenoscopeError &&
    (error.code === 'backend-unavailable' || error.code === 'worker-died')
  );
}
