import { createStore } from 'zustand';
import { isAborted, TokenoscopeError, toWireError } from '../../../core/errors';
import type { ClipKind } from '../../../engine/image/clip.api';
import { encodeClip } from '../../../engine/image/clip.client';
import type { ImageLab } from '../image-lab';
import type { Lane } from '../lane';
import { positionsOf } from '../source';
import { clipOf } from './clip';
import { type SheetStyle, sheetPng } from './sheet';
import { framesAt, sheetLengths, sweepLengths } from './sweep';
import { frameTile, type Named, originalTile, stageTiles } from './views';

export interface SaveState {
  /** What is being made, and how much of it is done, 0..1; null where nothing is. */
  readonly job: { readonly label: string; readonly share: number } | null;
  readonly problem: { readonly message: string; readonly hint: string } | null;
}

/** A file to save. */
export interface Saved {
  readonly file: Blob;
  /** The end of its name, ending included. */
  readonly suffix: string;
}

/** Makes files of what a lab shows: one at a time, which can be stopped. */
export class SaveJob {
  readonly store = createStore<SaveState>(() => ({ job: null, problem: null }));
  readonly #lab: ImageLab;
  #stop: AbortController | undefined;

  constructor(lab: ImageLab) {
    this.#lab = lab;
  }

  /** What is on the stage as the chosen view shows it, with its figures. */
  view(): Promise<Saved | undefined> {
    return this.#run('Drawing', async () => {
      const tiles = await stageTiles(this.#lab, (lane) => this.named(lane));
      return { file: await sheetPng([tiles], this.#style), suffix: 'view.png' };
    });
  }

  /** Every lane at 1, 2, 4, ... tokens, as one picture. */
  sheet(): Promise<Saved | undefined> {
    return this.#run('Drawing the contact sheet', async (signal, onShare) => {
      const lanes = this.#lanes();
      const original = originalTile(lanes[0]!);
      const rows = [];
      for (const [i, lane] of lanes.entries()) {
        const { codec, ids } = lane.opened.get()!;
        const own = sheetLengths(codec ? this.#most(lanes) : ids.length);
        const lengths = this.#positions(lane, own);
        const frames = await framesAt(lane, lengths, signal, (done) =>
          onShare((i + done / lengths.length) / lanes.length),
        );
        const tiles = frames.map((frame) => frameTile(frame, this.named(lane)));
        rows.push(original ? [original, ...tiles] : tiles);
      }
      return { file: await sheetPng(rows, { ...this.#style, scale: 2 }), suffix: 'sheet.png' };
    });
  }

  /** How the pictures sharpen from one token to all. */
  clip(kind: ClipKind): Promise<Saved | undefined> {
    return this.#run('Drawing the frames', async (signal, onShare, relabel) => {
      const lanes = this.#lanes();
      const most = this.#most(lanes);
      const lengths = sweepLengths(most);
      const all = [];
      for (const [i, lane] of lanes.entries()) {
        const own = this.#positions(lane, lengths);
        all.push(
          await framesAt(lane, own, signal, (done) => onShare((i + done / own.length) / lanes.length)),
        );
      }
      relabel('Encoding the clip');
      const clip = clipOf(all, this.#style);
      const made = await encodeClip(kind, clip, { signal, onProgress: onShare });
      if (!made) {
        throw new TokenoscopeError(
          'internal',
          'This browser encodes no video.',
          'Save the GIF instead, or open the page in another browser.',
        );
      }
      const ending = made.type.split('/')[1]!;
      return { file: new Blob([made.bytes], { type: made.type }), suffix: `1-to-${most}.${ending}` };
    });
  }

  stop(): void {
    this.#stop?.abort();
  }

  /** What a lane's picture is called, its model, and the bits of its tokens. */
  named(lane: Lane): Named {
    const { models } = this.#lab;
    const { label = 'picture', model = lane.model, codec } = lane.opened.get() ?? {};
    const bits = codec ? 8 : (models.find(model)?.tokens.bits ?? 0);
    return { name: label, model: models.label(model), bits };
  }

  get #style(): SheetStyle {
    return { scale: 4, squares: !this.#lab.store.getState().smooth };
  }

  /** Those that have a picture. */
  #lanes(): Lane[] {
    return this.#lab.store.getState().lanes.filter((lane) => lane.opened.get());
  }

  /** Tokens of the model with the most. */
  #most(lanes: readonly Lane[]): number {
    return Math.max(...lanes.map((lane) => lane.opened.get()!.ids.length));
  }

  /** Where a lane stands beside so many tokens: at as many of its own or at all of them, a codec at their bytes. */
  #positions(lane: Lane, lengths: readonly number[]): number[] {
    const picture = lane.opened.get()!;
    const { bits } = this.named(this.#lanes()[0]!);
    const most = positionsOf(picture);
    const at = (k: number) => (picture.codec ? Math.max(1, Math.round((k * bits) / 8)) : k);
    return lengths.map((k) => Math.min(at(k), most));
  }

  async #run(
    label: string,
    work: (
      signal: AbortSignal,
      onShare: (share: number) => void,
      relabel: (label: string) => void,
    ) => Promise<Saved>,
  ): Promise<Saved | undefined> {
    this.#stop?.abort();
    const mine = new AbortController();
    this.#stop = mine;
    const tell = (job: SaveState['job']) => {
      if (this.#stop === mine) this.store.setState({ job });
    };
    let named = label;
    this.store.setState({ job: { label, share: 0 }, problem: null });
    try {
      return await work(
        mine.signal,
        (share) => tell({ label: named, share }),
        (next) => {
          named = next;
          tell({ label: next, share: 0 });
        },
      );
    } catch (error) {
      if (!isAborted(error)) {
        const { message, hint } = toWireError(error);
        this.store.setState({ problem: { message, hint } });
      }
      return undefined;
    } finally {
      tell(null);
    }
  }
}
