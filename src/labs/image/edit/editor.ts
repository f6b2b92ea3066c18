import { createStore, type StoreApi } from 'zustand';
import { isAborted, type TokenoscopeError } from '../../../core/errors';
import type { Codebook } from '../../../core/image/codebook';
import { interpolate, perturb } from '../../../core/image/token-edits';
import { inSlices, type Steps } from '../../../tokenizers/files/steps';
import { asProblem, type LabEngine } from '../load';
import type { LabModels } from '../models';
import type { Session } from '../session';
import { sameIds } from '../source';
import { type Codes, codesOf } from './codes';
import { EditHistory } from './history';

/** What the editor needs of a lab. */
export interface EditorLab {
  readonly session: Pick<Session, 'lead' | 'setIds'>;
  readonly models: LabModels;
  readonly engine: Pick<LabEngine, 'encode'>;
}

/** A picture whose tokens can be used in another one. */
export interface OtherPicture {
  readonly label: string;
  readonly model: string;
  readonly ids: Uint32Array;
}

/** What the editor shows besides the lab. */
export interface EditorState {
  /** Of the lead's model; null while it is not known yet. */
  readonly codes: (Codes & { readonly model: string }) | null;
  readonly other: OtherPicture | null;
  /** What is being waited for; share 0..1 where it has a measure. */
  readonly job: { readonly label: string; readonly share?: number } | null;
  readonly problem: TokenoscopeError | null;
  /** What an edit found that changed nothing. */
  readonly unchanged: string | null;
}

/** Near codes that a perturbed token may become. */
const NEAR = 4;

/** Plays with the tokens of the lead's picture. */
export class TokenEditor {
  readonly history = new EditHistory();
  readonly store: StoreApi<EditorState> = createStore(() => ({
    codes: null,
    other: null,
    job: null,
    problem: null,
    unchanged: null,
  }));
  readonly #lab: EditorLab;
  #abort: AbortController | undefined;

  constructor(lab: EditorLab) {
    this.#lab = lab;
  }

  /** The tokens on screen; null while there are none. */
  get ids(): Uint32Array | null {
    return this.#lab.session.lead.opened.get()?.ids ?? null;
  }

  /** Shows other tokens, which `undo` takes back. */
  edit(ids: Uint32Array): void {
    const before = this.ids;
    if (!before || sameIds(before, ids)) return;
    this.store.setState({ unchanged: null });
    this.#follow();
    this.history.add(before);
    this.#lab.session.setIds(ids);
  }

  undo(): void {
    this.#follow();
    const to = this.ids && this.history.undo(this.ids);
    if (to) this.#lab.session.setIds(to);
  }

  redo(): void {
    this.#follow();
    const to = this.ids && this.history.redo(this.ids);
    if (to) this.#lab.session.setIds(to);
  }

  /** The picture's own tokens again; that can be undone as well. */
  reset(): void {
    const own = this.#lab.session.lead.opened.get()?.own;
    if (own) this.edit(own);
  }

  /** Loads what is known of the codes of the lead's model. */
  async loadCodes(): Promise<void> {
    const { model } = this.#lab.session.lead.opened.get() ?? {};
    if (!model || this.store.getState().codes?.model === model) return;
    this.store.setState({ codes: null });
    await this.#work('Reading the codebook', async (signal, onShare) => {
      const codes = await codesOf(model, this.#lab.models, signal, ({ loaded, total }) =>
        onShare(total ? loaded / total : undefined),
      );
      this.store.setState({ codes: { ...codes, model } });
    });
  }

  /** Encodes a picture by the lead's model, for its tokens. */
  async openOther(label: string, load: (signal: AbortSignal) => Promise<Blob>): Promise<void> {
    const { model } = this.#lab.session.lead.opened.get() ?? {};
    if (!model) return;
    await this.#work(`Encoding ${label}`, async (signal) => {
      const { ids } = await this.#lab.engine.encode(model, await load(signal), { signal });
      this.store.setState({ other: { label, model, ids } });
    });
  }

  /** A share of the tokens become codes near to theirs. */
  async perturb(share: number, seed: number): Promise<void> {
    await this.#byCodes('Looking for near codes', (ids, book) => {
      const near = (at: number, id: number) => book.nearest(at, id, NEAR).map((code) => code.id);
      return perturb(ids, share, seed, near);
    });
  }

  /** Every code goes a share of the way to that of the other picture. */
  async interpolate(share: number): Promise<void> {
    const { other } = this.store.getState();
    if (other) {
      await this.#byCodes('Looking for codes between', (ids, book) =>
        interpolate(ids, other.ids, share, book),
      );
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }

  /** An edit that takes a while, of the tokens that are on screen now. */
  async #byCodes(
    label: string,
    work: (ids: Uint32Array, book: Codebook) => Steps<Uint32Array>,
  ): Promise<void> {
    const { ids } = this;
    const { codes } = this.store.getState();
    if (!ids || !codes || !('book' in codes)) return;
    await this.#work(label, async (signal, onShare) => {
      const out = await inSlices(work(ids, codes.book), { signal, onProgress: onShare });
      if (!this.ids || !sameIds(this.ids, ids)) return;
      if (sameIds(out, ids)) {
        this.store.setState({
          unchanged: 'No other code lies nearer to that point than a token’s own. Take a larger share.',
        });
      } else this.edit(out);
    });
  }

  #follow(): void {
    const picture = this.#lab.session.lead.opened.get();
    if (picture) this.history.follow(picture.own ?? picture.ids);
  }

  async #work(
    label: string,
    run: (signal: AbortSignal, onShare: (share: number | undefined) => void) => Promise<void>,
  ): Promise<void> {
    this.#abort?.abort();
    const mine = new AbortController();
    this.#abort = mine;
    this.store.setState({ job: { label }, problem: null, unchanged: null });
    try {
      await run(mine.signal, (share) => {
        if (this.#abort === mine)
          this.store.setState({ job: share === undefined ? { label } : { label, share } });
      });
    } catch (error) {
      if (!isAborted(error) && this.#abort === mine) this.store.setState({ problem: asProblem(error) });
    }
    if (this.#abort === mine) this.store.setState({ job: null });
  }
}
