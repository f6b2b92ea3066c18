import { createStore, type StoreApi } from 'zustand';
import { isAborted } from '../../../core/errors';
import type { LoadProgress } from '../../../engine/rpc/protocol';
import type { ImageLab } from '../image-lab';
import { asProblem } from '../load';
import { type BrokenPicture, measurePictures, type PictureNeed } from './measure-pictures';
import type { NeedModel, NeedQuestion } from './need-model';
import type { Needing, NeedingState, PagePicture, PageRun, PictureSet } from './needing-state';
import { openPageModel } from './page-model';
import { questionOf } from './targets';

/** Results arrive many times a second with a quick model; the page shows them this often. */
const UPDATE_MS = 300;
/** Pictures before an estimate is worth showing. */
const ENOUGH = 3;

/** Measures sets of pictures, one set at a time; a later one replaces an earlier one. */
class PageNeeding implements Needing {
  readonly store: StoreApi<NeedingState>;
  readonly #lab: ImageLab;
  #job: AbortController | undefined;

  constructor(lab: ImageLab) {
    this.#lab = lab;
    this.store = createStore<NeedingState>(() => ({
      question: questionOf(lab.store.getState().metric),
      isOpen: false,
      asked: 0,
      opening: null,
      run: null,
      before: null,
      problem: null,
    }));
  }

  ask(question: NeedQuestion): void {
    this.store.setState({ question });
  }

  open(): void {
    this.store.setState(({ asked }) => ({ isOpen: true, asked: asked + 1 }));
  }

  close(): void {
    this.store.setState({ isOpen: false });
  }

  async measure(set: PictureSet, models: readonly string[]): Promise<void> {
    this.cancel();
    const mine = new AbortController();
    this.#job = mine;
    const { question, run: last, before: older } = this.store.getState();
    // What is done of a stopped run is not lost; the same pictures again are meant to replace it.
    const before = last?.phase === 'stopped' && last.set !== set ? last : older;
    this.store.setState({ opening: { set, progress: null }, run: null, before, problem: null, isOpen: true });
    try {
      const opened: NeedModel<PagePicture>[] = [];
      for (const id of models) {
        const onProgress = (progress: LoadProgress) => {
          if (this.#job === mine) this.store.setState({ opening: { set, progress } });
        };
        opened.push(await openPageModel(this.#lab, id, question, mine.signal, onProgress));
      }
      const { name, pictures } = set;
      const run: PageRun = {
        set,
        name,
        question,
        method: 'bisection',
        models: opened,
        files: pictures.length,
        pictures: [],
        broken: [],
        date: new Date(),
        phase: 'running',
        secondsLeft: undefined,
      };
      this.store.setState({ opening: null, run });
      await this.#work(run, mine);
    } catch (error) {
      if (this.#job === mine) this.#stop(error);
    }
  }

  async resume(): Promise<void> {
    const { run } = this.store.getState();
    if (run?.phase !== 'stopped') return;
    const mine = new AbortController();
    this.#job = mine;
    this.store.setState({ run: { ...run, phase: 'running' }, problem: null });
    try {
      await this.#work(run, mine);
    } catch (error) {
      if (this.#job === mine) this.#stop(error);
    }
  }

  goBack(): void {
    this.cancel();
    const { run, before } = this.store.getState();
    if (before)
      this.store.setState({ run: before, before: run?.phase === 'stopped' ? run : null, problem: null });
  }

  cancel(): void {
    this.#job?.abort();
    this.#job = undefined;
    this.#stop(null);
  }

  async #work(run: PageRun, mine: AbortController): Promise<void> {
    const { set, models, question, method } = run;
    const pictures: PictureNeed[] = [...run.pictures];
    const broken: BrokenPicture[] = [...run.broken];
    const from = pictures.length + broken.length;
    const began = performance.now();
    let shown = began;
    const publish = (phase: PageRun['phase']) => {
      const done = pictures.length + broken.length;
      const seconds = (performance.now() - began) / 1000;
      const left = ((set.pictures.length - done) * seconds) / (done - from);
      const secondsLeft = done - from >= ENOUGH ? left : undefined;
      shown = performance.now();
      const now = { ...run, pictures: [...pictures], broken: [...broken], phase, secondsLeft };
      this.store.setState({ run: now });
    };
    const report = () => {
      if (this.#job === mine && performance.now() - shown > UPDATE_MS) publish('running');
    };
    try {
      await measurePictures({
        pictures: set.pictures,
        models,
        question,
        method,
        signal: mine.signal,
        from,
        onPicture: (picture) => {
          pictures.push(picture);
          report();
        },
        onBroken: (file) => {
          broken.push(file);
          report();
        },
      });
      if (this.#job === mine) publish('done');
    } catch (error) {
      // What came after the last update is not lost; a job that goes on already has begun without it.
      const isLast = this.#job === mine || this.#job === undefined;
      if (isLast && this.store.getState().run?.set === set) publish('stopped');
      throw error;
    }
  }

  #stop(error: unknown): void {
    const { run } = this.store.getState();
    this.store.setState({
      opening: null,
      ...(run?.phase === 'running' ? { run: { ...run, phase: 'stopped' } } : {}),
      ...(error === null || isAborted(error) ? {} : { problem: asProblem(error) }),
    });
  }
}

/** The one of a lab; it begins with its first use. */
export function needingOf(lab: ImageLab): Needing {
  lab.needing ??= new PageNeeding(lab);
  return lab.needing;
}
