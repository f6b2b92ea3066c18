import { createStore } from 'zustand';
import { isAborted, TokenoscopeError } from '../../core/errors';
import {
  fetchParts,
  keepFile,
  keptFiles,
  type OfflinePart,
  type PartFile,
  removeFiles,
} from '../../engine/storage/offline-parts';
import { formatBytes } from '../../ui/format';

/** A part with what is here of it. */
export interface PartState {
  readonly part: OfflinePart;
  readonly bytes: number;
  /** Bytes that are here. */
  readonly kept: number;
  readonly isWanted: boolean;
}

export interface KeepingState {
  /** Null until they are known. */
  readonly parts: readonly PartState[] | null;
  readonly isRunning: boolean;
  /** Bytes of the files that are on their way. */
  readonly underway: number;
  readonly problem: { readonly message: string; readonly hint: string } | null;
  /** Whether the browser promises not to delete it for lack of room; null where that is not known. */
  readonly isSafe: boolean | null;
}

/** The browser behind it; tests provide their own. */
export interface OfflineStorage {
  parts(): Promise<readonly OfflinePart[]>;
  kept(parts: readonly OfflinePart[]): Promise<ReadonlySet<string>>;
  keep(
    part: OfflinePart,
    file: PartFile,
    signal: AbortSignal,
    onBytes: (loaded: number) => void,
  ): Promise<void>;
  /** Deletes files of a part that is in the store of models. */
  remove(files: readonly PartFile[]): Promise<void>;
  /** @returns bytes that may still be kept */
  room(): Promise<number | null>;
  /** Asks for storage that is not deleted for lack of room. */
  persist(): Promise<boolean>;
  /** Whether there is a graphics processor for WebGPU. */
  hasWebGpu(): Promise<boolean>;
}

const browser = (): OfflineStorage => ({
  parts: fetchParts,
  kept: keptFiles,
  keep: keepFile,
  remove: removeFiles,
  room: async () => {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
  },
  persist: async () => (await navigator.storage?.persist?.()) ?? false,
  hasWebGpu: async () => (await navigator.gpu?.requestAdapter().catch(() => null)) != null,
});

/** Files at a time: more only divide a slow line. */
const AT_ONCE = 3;

/** Keeps everything for offline use: in parts, from where it stopped, and only what fits. */
export class Keeping {
  readonly store = createStore<KeepingState>(() => ({
    parts: null,
    isRunning: false,
    underway: 0,
    problem: null,
    isSafe: null,
  }));
  readonly #storage: OfflineStorage;
  #kept: Set<string> = new Set();
  #stop: AbortController | undefined;

  constructor(storage: OfflineStorage = browser()) {
    this.#storage = storage;
  }

  /** Reads what there is and what of it is here. While it runs, it knows better. */
  async refresh(): Promise<void> {
    if (this.store.getState().isRunning) return;
    try {
      const [all, hasWebGpu] = await Promise.all([this.#storage.parts(), this.#storage.hasWebGpu()]);
      const parts = all.filter(({ needs }) => needs !== 'webgpu' || hasWebGpu);
      this.#kept = new Set(await this.#storage.kept(parts));
      const before = this.store.getState().parts;
      const isWanted = ({ id }: OfflinePart) => before?.find(({ part }) => part.id === id)?.isWanted ?? true;
      this.store.setState({ parts: parts.map((part) => this.#stateOf(part, isWanted(part))), problem: null });
    } catch (error) {
      this.#fail(error);
    }
  }

  want(id: string, isWanted: boolean): void {
    this.store.setState(({ parts }) => ({
      parts: parts?.map((state) => (state.part.id === id ? { ...state, isWanted } : state)) ?? null,
    }));
  }

  /** Keeps what is wanted and not here, unless there is no room for it. Resolves once it has ended, however it did. */
  async start(): Promise<void> {
    const { parts, isRunning } = this.store.getState();
    if (!parts || isRunning) return;
    const missing = parts
      .filter(({ isWanted }) => isWanted)
      .flatMap(({ part }) =>
        part.files.filter(([path]) => !this.#kept.has(path)).map((file) => ({ part, file })),
      );
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.store.setState({ isRunning: true, problem: null });
    try {
      await this.#checkRoom(missing.reduce((sum, { file }) => sum + file[1], 0));
      // Not waited for: Firefox asks the visitor, who may not answer.
      this.#storage.persist().then(
        (isSafe) => this.store.setState({ isSafe }),
        () => this.store.setState({ isSafe: false }),
      );
      await this.#keepAll(missing, signal);
    } catch (error) {
      // The others have no need to go on.
      this.#stop.abort();
      if (!isAborted(error)) this.#fail(error);
    }
    this.store.setState({ isRunning: false, underway: 0 });
  }

  /** Deletes what is here of a model, but for what another one that is here has in common with it. */
  async remove(id: string): Promise<void> {
    const { parts, isRunning } = this.store.getState();
    const mine = parts?.find(({ part }) => part.id === id)?.part;
    if (!parts || !mine || mine.store !== 'models' || isRunning) return;
    const others = new Set(
      parts
        .filter(({ part, kept }) => part !== mine && part.store === 'models' && kept > 0)
        .flatMap(({ part }) => part.files.flatMap(([, , sha256]) => sha256 ?? [])),
    );
    try {
      await this.#storage.remove(mine.files.filter(([, , sha256]) => !sha256 || !others.has(sha256)));
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.want(id, false);
    await this.refresh();
  }

  /** Stops; what is here stays. */
  stop(): void {
    this.#stop?.abort();
  }

  async #checkRoom(needed: number): Promise<void> {
    const room = await this.#storage.room().catch(() => null);
    if (room === null || needed <= room) return;
    throw new TokenoscopeError(
      'storage-full',
      `This needs ${formatBytes(needed)} more; this browser offers ${formatBytes(room)} here.`,
      'Choose fewer parts, delete something below, or free room on this device’s disk.',
    );
  }

  async #keepAll(missing: { part: OfflinePart; file: PartFile }[], signal: AbortSignal): Promise<void> {
    const queue = [...missing];
    const loaded = new Map<string, number>();
    const report = () =>
      this.store.setState({ underway: [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0) });
    const work = async () => {
      for (let next = queue.shift(); next && !signal.aborted; next = queue.shift()) {
        const { part, file } = next;
        const [path, bytes] = file;
        await this.#storage.keep(part, file, signal, (sofar) => {
          loaded.set(path, Math.min(sofar, bytes));
          report();
        });
        loaded.delete(path);
        this.#kept.add(path);
        report();
        this.store.setState(({ parts }) => ({
          parts:
            parts?.map((state) =>
              state.part.id === part.id ? this.#stateOf(part, state.isWanted) : state,
            ) ?? null,
        }));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  #stateOf(part: OfflinePart, isWanted: boolean): PartState {
    const sum = (files: readonly PartFile[]) => files.reduce((total, [, bytes]) => total + bytes, 0);
    return {
      part,
      isWanted,
      bytes: sum(part.files),
      kept: sum(part.files.filter(([path]) => this.#kept.has(path))),
    };
  }

  #fail(error: unknown): void {
    const { message, hint } =
      error instanceof TokenoscopeError
        ? error
        : { message: 'This stopped unexpectedly.', hint: 'What is here already stays. Try again.' };
    this.store.setState({ problem: { message, hint } });
  }
}
