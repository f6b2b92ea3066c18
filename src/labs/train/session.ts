import { createStore, type StoreApi } from 'zustand';
import { isAborted, toWireError } from '../../core/errors';
import type { TrainProgress } from '../../engine/train/train.api';
import type { Training } from '../../engine/train/train.client';
import { type Corpus, DEFAULT_CORPUS, fitsField, keyOfCorpus, nameOfCorpus } from './corpus';
import { DEFAULT_DRAFT, type Draft, nameOfKind, roundSize, settingsOf } from './draft';
import { sourcesOf } from './sources';
import type { Result, TrainState } from './state';

/** Results that stay in the list. */
const MOST_RESULTS = 8;

/** What a session needs of the world; tests give their own. */
export interface World {
  readonly training: Pick<Training, 'train' | 'pause' | 'dispose'>;
  readonly now: () => number;
}

/** One training lab without its views: what is set, what runs, and what came out. The latest run wins. */
export class TrainSession {
  readonly store: StoreApi<TrainState> = createStore<TrainState>(() => ({
    draft: DEFAULT_DRAFT,
    corpus: DEFAULT_CORPUS,
    skipped: [],
    job: null,
    results: [],
    shown: null,
    problem: null,
    said: '',
  }));
  readonly #world: World;
  #run: AbortController | undefined;
  #taking: AbortController | undefined;
  #nextId = 1;
  /** When it was paused; undefined while it runs. */
  #heldSince: number | undefined;
  #heldMs = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get(): TrainState {
    return this.store.getState();
  }

  set(change: Partial<Draft>): void {
    this.store.setState(({ draft }) => ({ draft: { ...draft, ...change }, problem: null }));
  }

  choose(change: Partial<Corpus>): void {
    this.store.setState(({ corpus }) => ({ corpus: { ...corpus, ...change }, problem: null }));
  }

  /** Takes a text for the corpus; one too long for the field becomes a file. */
  takeText(text: string): void {
    if (fitsField(text)) this.choose({ tab: 'text', text });
    else void this.take([new File([text], 'Pasted text', { type: 'text/plain' })]);
  }

  /** Takes files and folders for the corpus; what is no text is listed. */
  async take(files: readonly File[], folders: readonly FileSystemDirectoryEntry[] = []): Promise<void> {
    this.#taking?.abort();
    const controller = new AbortController();
    this.#taking = controller;
    try {
      const { takeFiles } = await import('./take-files');
      const { refusal, ...taken } = await takeFiles(files, folders, controller.signal);
      if (controller.signal.aborted) return;
      if (refusal) this.store.setState({ problem: refusal, skipped: [] });
      else {
        this.choose({ tab: 'files', files: taken.files });
        this.store.setState({ skipped: taken.skipped });
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Trains with the present settings; what runs is given up. */
  async train(): Promise<void> {
    this.#run?.abort();
    const controller = new AbortController();
    this.#run = controller;
    const { signal } = controller;
    const { draft, corpus } = this.get();
    const isMine = () => this.#run === controller;
    const corpusKey = keyOfCorpus(corpus);
    this.#heldSince = undefined;
    this.#heldMs = 0;
    this.store.setState({
      job: { draft, corpusKey, progress: null, points: [], isPaused: false },
      problem: null,
      said: '',
    });
    try {
      const settings = settingsOf(draft);
      const sources = await sourcesOf(corpus, signal);
      const started = this.#world.now();
      const running = this.#world.training.train(settings, sources, {
        signal,
        onProgress: (progress) => isMine() && this.#report(progress),
      });
      if (this.#heldSince !== undefined) {
        // It was held while its corpus was fetched, before the worker knew of it.
        this.#heldSince = started;
        this.#world.training.pause(true).catch((error: unknown) => this.#fail(error));
      }
      const { file, ...trained } = await running;
      if (!isMine()) return;
      const size = draft.kind === 'lib' ? trained.vocabulary : draft.size;
      const result: Result = {
        id: this.#nextId++,
        name: `${nameOfKind(draft.kind)} ${roundSize(size)} of ${nameOfCorpus(corpus)}`,
        draft,
        corpus: nameOfCorpus(corpus),
        corpusKey,
        trained,
        file: new Blob([file], { type: 'application/json' }),
        ms: this.#world.now() - started - this.#heldMs,
        isKept: false,
      };
      this.store.setState(({ results }) => ({
        job: null,
        results: [result, ...results].slice(0, MOST_RESULTS),
        shown: result.id,
      }));
    } catch (error) {
      if (!isMine()) return;
      this.store.setState({ job: null });
      this.#fail(error);
    }
  }

  /** Holds the training, or goes on with it. */
  async pause(isPaused: boolean): Promise<void> {
    const { job } = this.get();
    if (!job || job.isPaused === isPaused) return;
    const now = this.#world.now();
    if (isPaused) this.#heldSince = now;
    else if (this.#heldSince !== undefined) {
      this.#heldMs += now - this.#heldSince;
      this.#heldSince = undefined;
    }
    this.store.setState({ job: { ...job, isPaused } });
    try {
      await this.#world.training.pause(isPaused);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Gives the training up. */
  cancel(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.store.setState({ job: null });
  }

  show(id: number): void {
    this.store.setState({ shown: id, said: '' });
  }

  remove(id: number): void {
    this.store.setState(({ results, shown }) => {
      const left = results.filter((result) => result.id !== id);
      return { results: left, shown: shown === id ? (left[0]?.id ?? null) : shown };
    });
  }

  /** Keeps a result in this browser. */
  async keep(id: number): Promise<void> {
    const result = this.get().results.find((one) => one.id === id);
    if (!result) return;
    try {
      const { keepResult } = await import('./keep');
      await keepResult(result);
      this.store.setState(({ results }) => ({
        results: results.map((one) => (one.id === id ? { ...one, isKept: true } : one)),
        said: `${result.name} is kept in the library of this browser.`,
      }));
    } catch (error) {
      this.#fail(error);
    }
  }

  dismiss(): void {
    this.store.setState({ problem: null });
  }

  dispose(): void {
    this.#run?.abort();
    this.#taking?.abort();
    this.#world.training.dispose();
  }

  #report(progress: TrainProgress): void {
    this.store.setState(({ job }) => {
      if (!job) return {};
      const point =
        progress.stage === 'training' && progress.tokens !== undefined
          ? [{ vocabulary: progress.vocabulary, tokens: progress.tokens }]
          : [];
      return { job: { ...job, progress, points: [...job.points, ...point] } };
    });
  }

  #fail(error: unknown): void {
    if (isAborted(error)) return;
    const { message, hint } = toWireError(error);
    this.store.setState({ problem: { message, hint } });
  }
}
