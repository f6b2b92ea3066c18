import { type Signal, signal } from '../../../views/signal';
import {
  FIT,
  LOUPE_SCALE,
  moved,
  type Point,
  pictureAt,
  planeOf,
  type Sizes,
  type Viewport,
  zoomed,
} from './viewport';

/** A press of the loupe's key shorter than this leaves it on. */
const TAP_MS = 300;

/** Zoom, pan and loupe of a stage: what they are, and their variables on its element. */
export class Zooming {
  readonly viewport: Signal<Viewport> = signal(FIT);
  readonly loupe: Signal<boolean>;
  readonly #stage: HTMLElement;
  readonly #pixels: () => number;
  /** Where the loupe is, as shares of the square. */
  #at: Point = { x: 0.5, y: 0.5 };
  #held: number | undefined;

  constructor(stage: HTMLElement, loupe: Signal<boolean>, pixels: () => number) {
    this.#stage = stage;
    this.loupe = loupe;
    this.#pixels = pixels;
  }

  get isZoomed(): boolean {
    return this.viewport.get().scale !== null;
  }

  /** The squares of the pictures, all of one size. */
  get squares(): readonly HTMLElement[] {
    return [...this.#stage.querySelectorAll<HTMLElement>('[data-square]')];
  }

  get sizes(): Sizes {
    return { pixels: this.#pixels(), box: this.squares[0]?.clientWidth || 1 };
  }

  /** Where a point of the window is in the square under it, as shares; undefined where there is none. */
  placeOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point | undefined {
    for (const square of this.squares) {
      const { left, top, right, bottom, width, height } = square.getBoundingClientRect();
      if (clientX < left || clientX > right || clientY < top || clientY > bottom) continue;
      return { x: (clientX - left) / width, y: (clientY - top) / height };
    }
    return undefined;
  }

  zoom(by: 1 | -1, at?: Point): void {
    this.#show(zoomed(this.viewport.get(), by, this.sizes, at));
  }

  fit(): void {
    this.#show(FIT);
  }

  /** @param dx CSS pixels: positive shows what is further right */
  pan(dx: number, dy: number): void {
    this.#show(moved(this.viewport.get(), dx, dy, this.sizes));
  }

  /** Moves by pixels of the picture: the loupe where it is on, else what is shown. */
  step(dx: number, dy: number): void {
    const { pixels, box } = this.sizes;
    const { plane } = planeOf(this.viewport.get(), this.sizes);
    const each = plane / pixels;
    if (!this.loupe.get()) this.pan(dx * each, dy * each);
    else this.pointAt({ x: this.#at.x + (dx * each) / box, y: this.#at.y + (dy * each) / box });
  }

  /** Puts the loupe there. */
  pointAt({ x, y }: Point): void {
    const clamp = (share: number) => Math.min(1, Math.max(0, share));
    this.#at = { x: clamp(x), y: clamp(y) };
    this.#write();
  }

  toggleLoupe(): void {
    this.#held = undefined;
    this.#write();
    this.loupe.set(!this.loupe.get());
  }

  /** The loupe's key goes down: it is on until the key goes up, or, after a short press, until the next one. */
  holdLoupe(now: number): void {
    if (this.loupe.get()) {
      this.loupe.set(false);
      return;
    }
    this.#held = now;
    this.#write();
    this.loupe.set(true);
  }

  releaseLoupe(now: number): void {
    if (this.#held !== undefined && now - this.#held > TAP_MS) this.loupe.set(false);
    this.#held = undefined;
  }

  /** Writes everything again: the squares have another size. */
  refresh(): void {
    this.#write();
  }

  #show(viewport: Viewport): void {
    const now = this.viewport.get();
    if (now.scale === viewport.scale && now.x === viewport.x && now.y === viewport.y) return;
    this.viewport.set(viewport);
    this.#write();
  }

  #write(): void {
    const { style, dataset } = this.#stage;
    const { sizes } = this;
    const viewport = this.viewport.get();
    if (viewport.scale === null) {
      delete dataset.zoomed;
      for (const name of ['--plane', '--plane-x', '--plane-y']) style.removeProperty(name);
    } else {
      const { plane, left, top } = planeOf(viewport, sizes);
      dataset.zoomed = '';
      style.setProperty('--plane', `${plane}px`);
      style.setProperty('--plane-x', `${-left}px`);
      style.setProperty('--plane-y', `${-top}px`);
    }
    const { x, y } = pictureAt(viewport, this.#at, sizes);
    const scale = Math.max(LOUPE_SCALE, 2 * (viewport.scale ?? 0));
    style.setProperty('--loupe-x', String(this.#at.x));
    style.setProperty('--loupe-y', String(this.#at.y));
    style.setProperty('--loupe-u', String(x));
    style.setProperty('--loupe-v', String(y));
    style.setProperty('--loupe-plane', `${scale * sizes.pixels}px`);
  }
}
