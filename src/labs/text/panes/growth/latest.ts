import { isAborted } from '../../../../core/errors';

/** What became of what was wanted. */
export interface LatestEvents<W, R> {
  done(want: W, result: R): void;
  failed(want: W, error: unknown): void;
  /** Nothing is at work, or something is. */
  busy(isBusy: boolean): void;
}

/**
 * Does the latest of many wants. One is at work at a time; those that are passed over meanwhile are dropped, so that a
 * slider that moves on and on still shows where it has been. What is of no more use at all is aborted.
 */
export class Latest<W, R> {
  readonly #work: (want: W, signal: AbortSignal) => Promise<R>;
  readonly #isUseful: (running: W, wanted: W) => boolean;
  readonly #events: LatestEvents<W, R>;
  #running: { readonly want: W; readonly controller: AbortController } | undefined;
  #next: { readonly want: W } | undefined;

  /** @param isUseful whether the result of what is running is still worth showing before the other one */
  constructor(
    work: (want: W, signal: AbortSignal) => Promise<R>,
    isUseful: (running: W, wanted: W) => boolean,
    events: LatestEvents<W, R>,
  ) {
    this.#work = work;
    this.#isUseful = isUseful;
    this.#events = events;
  }

  want(want: W): void {
    this.#next = { want };
    if (this.#running && !this.#isUseful(this.#running.want, want)) this.#drop();
    if (!this.#running) this.#start();
  }

  /** Drops everything. */
  stop(): void {
    this.#next = undefined;
    this.#drop();
    this.#events.busy(false);
  }

  #drop(): void {
    this.#running?.controller.abort();
    this.#running = undefined;
  }

  #start(): void {
    const { want } = this.#next!;
    this.#next = undefined;
    const mine = { want, controller: new AbortController() };
    this.#running = mine;
    this.#events.busy(true);
    const end = (report: () => void) => {
      if (this.#running !== mine) return;
      this.#running = undefined;
      report();
      if (this.#next) this.#start();
      else this.#events.busy(false);
    };
    this.#work(want, mine.controller.signal).then(
      (result) => end(() => this.#events.done(want, result)),
      (error: unknown) =>
        end(() => {
          if (!isAborted(error)) this.#events.failed(want, error);
        }),
    );
  }
}

/** The latest of many wants, for several things at a time, each of which goes on by itself. */
export class LatestOfEach<W, R> {
  readonly #make: () => Latest<W, R>;
  readonly #each = new Map<string, Latest<W, R>>();

  constructor(make: () => Latest<W, R>) {
    this.#make = make;
  }

  /** Wants these, by what they are for; what is for nothing among them is dropped. */
  want(wants: ReadonlyMap<string, W>): void {
    for (const [id, latest] of this.#each) {
      if (wants.has(id)) continue;
      latest.stop();
      this.#each.delete(id);
    }
    for (const [id, want] of wants) {
      const latest = this.#each.get(id) ?? this.#make();
      this.#each.set(id, latest);
      latest.want(want);
    }
  }
}
