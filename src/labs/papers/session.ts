import { createStore, type StoreApi } from 'zustand';
import { isAborted, toWireError } from '../../core/errors';
import { type Input, readState, sampleText } from '../../experiments/experiment';
import { findExperiment } from '../../experiments/registry';
import type { RunProgress } from '../../experiments/run.api';
import type { ExperimentRunner } from '../../experiments/run.client';
import { loadView } from '../../experiments/views';
import { formatBytes } from '../../ui/format';
import type { LinkedExperiment, Source } from './link-format';
import type { Fields, Loaded, PapersState } from './state';
import { tooLarge } from './too-large';

/** After a change the run waits so long for the next one: a slider is moved, a text is typed. */
const PAUSE_MS = 120;

const FIRST: Source = { kind: 'sample', id: null };

/** One papers lab without its views: which experiment is open, its state and input, and what came out. The latest run wins. */
export class PapersSession {
  readonly store: StoreApi<PapersState> = createStore<PapersState>(() => ({
    id: null,
    loaded: null,
    fields: {},
    source: FIRST,
    job: null,
    outcome: null,
    isHeld: false,
    problem: null,
    notice: null,
  }));
  readonly #runner: Pick<ExperimentRunner, 'run' | 'dispose'>;
  /** How experiments were left, by id. */
  readonly #left = new Map<string, { readonly fields: Fields; readonly source: Source }>();
  #run: AbortController | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(runner: Pick<ExperimentRunner, 'run' | 'dispose'>) {
    this.#runner = runner;
  }

  get(): PapersState {
    return this.store.getState();
  }

  /** Opens an experiment, by default as it was left; null opens the index. */
  async open(id: string | null, linked?: Pick<LinkedExperiment, 'fields' | 'source'>): Promise<void> {
    this.#stop();
    const { id: before, fields: left, source } = this.get();
    if (before !== null) this.#left.set(before, { fields: left, source });
    const { fields, source: opened } = linked ??
      (id === null ? undefined : this.#left.get(id)) ?? {
        fields: {},
        source: FIRST,
      };
    const isSame = id === before;
    this.store.setState({
      id,
      fields,
      source: opened,
      job: null,
      isHeld: false,
      problem: null,
      notice: null,
      ...(isSame ? {} : { loaded: null, outcome: null }),
    });
    if (id === null) return;
    try {
      const loaded = isSame ? this.get().loaded : null;
      const ready = loaded ?? (await load(id));
      if (this.get().id !== id || this.get().fields !== fields) return;
      this.store.setState({ loaded: ready, fields: this.#checked(ready, fields) });
      void this.run();
    } catch (error) {
      if (this.get().id === id) this.#fail(error);
    }
  }

  /** Changes the open experiment's state; fields that only choose what is shown run nothing. */
  change(fields: Fields): void {
    const { loaded, fields: before } = this.get();
    if (!loaded) return;
    this.store.setState({ fields });
    const { shown = [] } = loaded.experiment;
    const runs = Object.keys(fields).some((key) => !shown.includes(key) && fields[key] !== before[key]);
    if (runs) this.#runSoon();
  }

  /** Gives the experiment another input. */
  choose(source: Source): void {
    this.store.setState({ source, problem: null });
    this.#runSoon();
  }

  /** Takes the first file that is a text; says why where none is. */
  async take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!file) return;
    const { id, loaded } = this.get();
    try {
      const { readTextFile } = await import('./read-text-file');
      const text = await readTextFile(file, limitOf(loaded));
      if (this.get().id === id) this.choose({ kind: 'text', text, name: file.name });
    } catch (error) {
      if (this.get().id === id) this.#fail(error);
    }
  }

  /** Takes a text that was typed, pasted or dropped, or says that it is too large. */
  takeText(text: string): void {
    const limit = limitOf(this.get().loaded);
    const size = new Blob([text]).size;
    if (size <= limit) this.choose({ kind: 'text', text, name: null });
    else this.#fail(tooLarge(`This text is ${formatBytes(size)}`, limit));
  }

  /** Runs with the present state and input; what runs is given up. */
  async run(): Promise<void> {
    this.#stop();
    const { id, loaded, fields, source } = this.get();
    if (id === null || !loaded) return;
    if (source.kind === 'missing') {
      this.store.setState({ job: null, outcome: null });
      return;
    }
    const controller = new AbortController();
    this.#run = controller;
    const isMine = () => this.#run === controller;
    this.store.setState({ job: { share: null, load: null }, isHeld: false, problem: null });
    try {
      const input = await inputOf(loaded, source);
      if (!isMine()) return;
      const result = await this.#runner.run(id, fields, input, {
        signal: controller.signal,
        onProgress: (progress) => isMine() && this.#report(progress, fields),
      });
      if (!isMine()) return;
      this.#run = undefined;
      this.store.setState({ job: null, outcome: { result, state: fields, isWhole: true } });
    } catch (error) {
      if (!isMine()) return;
      this.#run = undefined;
      this.store.setState({ job: null, outcome: null });
      this.#fail(error);
    }
  }

  /** Runs again, or loads again what did not arrive. */
  async retry(): Promise<void> {
    const { id, loaded, fields, source } = this.get();
    await (loaded ? this.run() : this.open(id, { fields, source }));
  }

  /** Gives the run up; nothing runs until it is asked for. */
  cancel(): void {
    this.#stop();
    this.store.setState({ job: null, isHeld: true });
  }

  dismiss(): void {
    this.store.setState({ problem: null, notice: null });
  }

  dispose(): void {
    this.#stop();
    this.#runner.dispose();
  }

  #stop(): void {
    clearTimeout(this.#pause);
    this.#run?.abort();
    this.#run = undefined;
  }

  #runSoon(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.run(), PAUSE_MS);
  }

  #report(progress: RunProgress, state: Fields): void {
    if (progress.kind === 'preview') {
      this.store.setState({ outcome: { result: progress.result, state, isWhole: false } });
      return;
    }
    this.store.setState(({ job }) => ({
      job: {
        share: progress.kind === 'share' ? progress.share : (job?.share ?? null),
        load: progress.kind === 'loading' ? progress.load : null,
      },
    }));
  }

  /** A link's fields are read as a whole; where one is bad, that is said and all have their defaults. */
  #checked({ experiment }: Loaded, fields: Fields): Fields {
    try {
      return readState(experiment, fields);
    } catch (error) {
      const { message } = toWireError(error);
      this.store.setState({ notice: `The settings of this link were left out: ${message}` });
      return readState(experiment, {});
    }
  }

  #fail(error: unknown): void {
    if (isAborted(error)) return;
    const { message, hint } = toWireError(error);
    this.store.setState({ problem: { message, hint } });
  }
}

async function load(id: string): Promise<Loaded> {
  const [experiment, View, { findPaper }] = await Promise.all([
    findExperiment(id)!.load(),
    loadView(id),
    import('../../experiments/papers'),
  ]);
  return {
    paper: findPaper(id)!,
    experiment: experiment as Loaded['experiment'],
    View: View as Loaded['View'],
  };
}

async function inputOf({ experiment }: Loaded, source: Exclude<Source, { kind: 'missing' }>): Promise<Input> {
  if (source.kind === 'text') return { kind: 'text', text: source.text };
  return { kind: 'text', text: await sampleText(experiment.input, source.id ?? experiment.input.sample) };
}

/** The most bytes that a text may have. */
function limitOf(loaded: Loaded | null): number {
  const input = loaded?.experiment.input;
  return (input?.kind === 'text' ? input.limit : undefined) ?? 1_000_000;
}
