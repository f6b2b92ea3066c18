import type { StoreApi } from 'zustand';
import { ImageEngine } from '../../engine/image/image.client';
import { Measuring } from '../../engine/image/measure.client';
import { signal } from '../../views/signal';
import type { LabChange, LabHost } from '../lab';
import { Breath } from './breath';
import type { Adding } from './checkpoints/adding-state';
import type { DistanceTools, DistanceWatch } from './distance';
import { fetchSample } from './fetch-sample';
import { Intake } from './intake';
import { Lane, type LaneTools } from './lane';
import type { LabEngine, LoadTools } from './load';
import { LabModels } from './models';
import { RecentPictures } from './pictures';
import { Session } from './session';
import type { ImageSource } from './source';
import { createLabStore, FIRST_MODEL, type ImageLabState } from './store';

/** A lab that has been off screen for this long frees its models' memory; showing it again reloads them. */
const IDLE_MS = 10_000;

/** The parts that need a browser, which tests replace. */
export interface ImageLabParts {
  readonly engine: LabEngine;
  readonly fetchSample: LoadTools['fetchSample'];
}

/** One image lab: its state, and everything that runs for it. */
export class ImageLab {
  readonly host: LabHost;
  readonly models = new LabModels();
  readonly recent = new RecentPictures(this.models);
  readonly store: StoreApi<ImageLabState>;
  readonly engine: LabEngine;
  readonly session: Session;
  readonly intake: Intake;
  /** k, for listeners that follow it without a React render. */
  readonly kept = {
    get: () => this.store.getState().k,
    subscribe: (listener: () => void) =>
      this.store.subscribe(({ k }, previous) => {
        if (k !== previous.k) listener();
      }),
  };
  /** Whether all ids are listed in lines instead of in one scrolling row. */
  readonly showAll = signal(false);
  /** The picture whose square is being chosen; null while none is. */
  readonly cropping = signal<ImageSource | null>(null);
  /** Measures by the chosen costly measure; null where a cheap one is chosen. */
  readonly distances = signal<DistanceWatch | null>(null);
  readonly distanceTools: DistanceTools = { measuring: () => this.#measuring, known: new Map() };
  /** The dialog that adds checkpoints, once it has been opened: a download continues while it is closed. */
  adding: Adding | undefined;
  readonly #listeners = new Set<(change: LabChange) => void>();
  readonly #stop: () => void;
  readonly #lazyMeasuring: { started?: Measuring } = {};
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LabHost, parts: Partial<ImageLabParts> = {}) {
    this.host = host;
    this.engine =
      parts.engine ??
      new ImageEngine({
        choice: host.settings.getState().backend,
        onReport: (report) => host.settings.setState({ report }),
      });
    const { engine, models } = this;
    const laneTools: LaneTools = {
      engine,
      samplingOf: (model) => {
        const { steps, seed } = this.store.getState();
        return models.samplingOf(model, steps, seed);
      },
    };
    this.store = createLabStore(new Lane(FIRST_MODEL, laneTools));
    this.session = new Session({
      engine,
      models,
      recent: this.recent,
      fetchSample: parts.fetchSample ?? fetchSample,
      store: this.store,
      laneTools,
      breath: new Breath(),
      onChange: (change) => {
        for (const listener of this.#listeners) listener(change);
      },
    });
    const { session, store } = this;
    this.intake = new Intake({
      session,
      host,
      addCheckpoint: (files) =>
        store.setState({ dialog: { lane: session.lead, wanted: '' }, dropped: files }),
    });
    const unfollow = this.models.follow();
    const stopSettings = host.settings.subscribe(({ backend }, previous) => {
      if (backend === previous.backend) return;
      engine.setChoice(backend);
      const { lanes, k } = this.store.getState();
      for (const lane of lanes) lane.replay(k);
    });
    this.#stop = () => {
      stopSettings();
      unfollow();
    };
  }

  onChange(listener: (change: LabChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The lab came on screen. Returns what to do when it leaves. */
  activate(): () => void {
    clearTimeout(this.#idle);
    const leave = this.session.activate();
    return () => {
      leave();
      this.#idle = setTimeout(() => {
        if (this.session.isLoading) return;
        this.session.rest();
        this.engine.release();
        this.#lazyMeasuring.started?.release();
      }, IDLE_MS);
    };
  }

  /** Ends workers and listeners for good. */
  dispose(): void {
    clearTimeout(this.#idle);
    this.#stop();
    this.#listeners.clear();
    this.distances.get()?.dispose();
    for (const lane of this.store.getState().lanes) lane.close();
    this.engine.dispose();
    this.#lazyMeasuring.started?.release();
  }

  get #measuring(): Measuring {
    this.#lazyMeasuring.started ??= new Measuring();
    return this.#lazyMeasuring.started;
  }
}
