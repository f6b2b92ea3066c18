import type { StoreApi } from 'zustand';
import { HeatMaps } from '../../engine/image/heat.client';
import { ImageEngine } from '../../engine/image/image.client';
import { Measuring } from '../../engine/image/measure.client';
import { signal } from '../../views/signal';
import type { LabChange, LabHost } from '../lab';
import { Breath } from './breath';
import type { Adding } from './checkpoints/adding-state';
import type { DistanceTools, DistanceWatch } from './distance';
import type { TokenEditor } from './edit/editor';
import type { ShownEffect } from './energy/token-effect';
import { fetchSample } from './fetch-sample';
import { Intake } from './intake';
import { Lane, type LaneTools } from './lane';
import type { CodecTools } from './lanes/codec-lanes';
import type { Measured } from './lanes/measured';
import { watchFiles, watchQuality } from './lanes/relink';
import type { LabEngine, LoadTools } from './load';
import { LabModels } from './models';
import type { Needing } from './need/needing-state';
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
  readonly codecs: () => Promise<CodecTools>;
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
  /** What moves the slider by itself, once. */
  readonly breath = new Breath();
  /** k, for listeners that follow it without a React render. */
  readonly kept = {
    get: () => this.store.getState().k,
    subscribe: (listener: () => void) =>
      this.store.subscribe(({ k }, previous) => {
        if (k !== previous.k) listener();
      }),
  };
  /** Whether the first picture is there, or nobody waits for it any more: what is not needed to see it loads then. */
  readonly leisure = signal(false);
  /** The picture whose square is being chosen; null while none is. */
  readonly cropping = signal<ImageSource | null>(null);
  /** Where the divider of the wipe is, in per cent from the left. */
  readonly split = signal(50);
  /** The element that holds the pictures, for what follows pointers over them. */
  readonly stage = signal<HTMLElement | null>(null);
  /** Whether the figures under the pictures are all shown. */
  readonly moreFigures = signal(false);
  /** Whether the original is in the place of the first model's picture, where there is no room for both. */
  readonly original = signal(false);
  /** Whether the loupe is over the pictures. */
  readonly loupe = signal(false);
  /** What each token of the lead changes, 0..1 on the scale of the legend, NaN where unknown; null where there is none. */
  readonly energy = signal<Float32Array | null>(null);
  /** What the token does that is pointed at. */
  readonly effect = signal<ShownEffect | null>(null);
  /** The token (from 0) that stays pointed at until it is released. */
  readonly held = signal<number | null>(null);
  /** Measures by the chosen costly measure; null where a cheap one is chosen. */
  readonly distances = signal<DistanceWatch | null>(null);
  readonly distanceTools: DistanceTools = { measuring: () => this.#measuring, known: new Map() };
  /** The dialog that adds checkpoints, once it has been opened: a download continues while it is closed. */
  adding: Adding | undefined;
  /** Plays with tokens, once that has been opened. */
  editor: TokenEditor | undefined;
  /** What measures many pictures, once that was asked for: it goes on while another lab is on screen. */
  needing: Needing | undefined;
  /** All files of the last drop, where they are more than the one picture that opened, and how many were unreadable before it. */
  readonly together = signal<{ readonly files: readonly File[]; readonly unread: number }>({
    files: [],
    unread: 0,
  });
  readonly #listeners = new Set<(change: LabChange) => void>();
  readonly #stop: () => void;
  readonly #loadCodecs: () => Promise<CodecTools>;
  #codecs: Promise<CodecTools> | undefined;
  readonly #lazyMeasuring: { started?: Measuring } = {};
  #heatMaps: HeatMaps | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LabHost, parts: Partial<ImageLabParts> = {}) {
    this.host = host;
    this.engine =
      parts.engine ??
      new ImageEngine({
        choice: host.settings.getState().backend,
        onReport: (report) => host.settings.setState({ report }),
      });
    this.#loadCodecs = parts.codecs ?? (async () => (await import('./lanes/codec-lanes')).createCodecTools());
    const { engine, models } = this;
    const laneTools: LaneTools = {
      engine,
      samplingOf: (model, drawing) => {
        return models.samplingOf(model, { ...this.store.getState(), ...drawing });
      },
    };
    this.store = createLabStore(new Lane(FIRST_MODEL, laneTools));
    const onChange = (change: LabChange) => {
      for (const listener of this.#listeners) listener(change);
    };
    this.session = new Session({
      engine,
      models,
      recent: this.recent,
      fetchSample: parts.fetchSample ?? fetchSample,
      store: this.store,
      laneTools,
      codecs: () => this.codecs(),
      pointsOf: (lane) => this.pointsOf(lane),
      breath: this.breath,
      onChange,
    });
    const { session, store } = this;
    this.intake = new Intake({
      session,
      host,
      offer: (files, unread) => this.together.set({ files, unread }),
      addCheckpoint: (files) =>
        store.setState({ dialog: { lane: session.lead, wanted: '' }, dropped: files }),
    });
    const unfollow = this.models.follow();
    const stopSettings = host.settings.subscribe(({ backend }, previous) => {
      if (backend === previous.backend) return;
      engine.setChoice(backend);
      for (const lane of this.store.getState().lanes) lane.replay();
    });
    const unwatch = watchQuality(this.store, this.distances, () => session.relink());
    const unwatchFiles = watchFiles(this.store, () => onChange('correction'));
    this.#stop = () => {
      unwatch();
      unwatchFiles();
      stopSettings();
      unfollow();
    };
  }

  /** The codecs, loaded with the first call; from then on the models know what they are called. */
  codecs(): Promise<CodecTools> {
    this.#codecs ??= this.#loadCodecs().then((codecs) => {
      this.models.store.setState({ codecs: codecs.all });
      return codecs;
    });
    this.#codecs.catch(() => {
      this.#codecs = undefined; // the next call tries again
    });
    return this.#codecs;
  }

  /** What is measured of a lane by the chosen measure. */
  pointsOf(lane: Lane): readonly (Measured | undefined)[] {
    const dear = this.distances.get();
    return dear ? (dear.distances.get().points.get(lane) ?? []) : lane.measured.get();
  }

  /** Calls back once there is leisure; at once where there is. */
  onceLeisure(work: () => void): void {
    if (this.leisure.get()) work();
    else {
      const stop = this.leisure.subscribe(() => {
        stop();
        work();
      });
    }
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
        void this.#codecs?.then((codecs) => codecs.release());
        this.#lazyMeasuring.started?.release();
        this.#heatMaps?.release();
      }, IDLE_MS);
    };
  }

  /** Ends workers and listeners for good. */
  dispose(): void {
    clearTimeout(this.#idle);
    this.#stop();
    this.#listeners.clear();
    this.needing?.cancel();
    this.distances.get()?.dispose();
    for (const lane of this.store.getState().lanes) lane.close();
    this.engine.dispose();
    void this.#codecs?.then((codecs) => codecs.dispose());
    this.#lazyMeasuring.started?.release();
    this.#heatMaps?.release();
  }

  /** Computes error maps; its worker starts with the first one. */
  heatMaps(): HeatMaps {
    this.#heatMaps ??= new HeatMaps();
    return this.#heatMaps;
  }

  get #measuring(): Measuring {
    this.#lazyMeasuring.started ??= new Measuring();
    return this.#lazyMeasuring.started;
  }
}
