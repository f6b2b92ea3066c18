import { createStore, type StoreApi } from 'zustand';
import { TokenoscopeError } from '../../core/errors';
import { type DecodedLink, decodeLink } from '../../core/link/envelope';
import type { LabEntry, LabHost, LabInstance, LabModule } from '../../labs/lab';
import { linkTo } from '../link-writer';

/** What the frame shows. */
export interface EmbeddedState {
  /** Null until the link has been read. */
  readonly lab: LabEntry | null;
  /** Null while it is loading, and where it failed. */
  readonly instance: LabInstance | null;
  /** Why nothing is shown, and what to do. */
  readonly failure: { readonly message: string; readonly hint: string } | null;
  /** Parts of the link that were left out, in plain words. */
  readonly problems: readonly string[];
  /** The link to what is on screen, with its #; empty where the address holds none. */
  readonly hash: string;
}

/** While a slider moves, the link follows after this pause. */
const PAUSE_MS = 250;

const EMPTY: EmbeddedState = { lab: null, instance: null, failure: null, problems: [], hash: '' };

/** One experiment in a frame: what a link's hash names, without a shell around it. */
export class EmbeddedExperiment {
  readonly store: StoreApi<EmbeddedState> = createStore<EmbeddedState>(() => EMPTY);
  readonly #labs: readonly LabEntry[];
  readonly #host: LabHost;
  /** Grows with every link, so that a chunk that arrives late shows nothing. */
  #turn = 0;

  /** @param host which is `alone` */
  constructor(labs: readonly LabEntry[], host: LabHost) {
    this.#labs = labs;
    this.#host = host;
  }

  /** Shows what a hash names in the place of what is shown. Never fails: the state says why nothing can be shown. */
  async open(hash: string): Promise<void> {
    const turn = ++this.#turn;
    this.store.getState().instance?.dispose();
    this.store.setState(EMPTY, true);
    try {
      const decoded = await this.#read(hash);
      if (turn !== this.#turn) return;
      const lab = this.#find(decoded.lab);
      this.store.setState({ lab, hash });
      const module = await this.#load(lab);
      if (turn !== this.#turn) return;
      this.#show(decoded, module.create(this.#host));
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!(error instanceof TokenoscopeError)) console.error(error);
      this.store.setState({ instance: null, failure: explained(error) });
    }
  }

  #show({ lab, parts, problems }: DecodedLink, instance: LabInstance): void {
    const part = parts[lab];
    const left = part ? instance.open(part) : [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    instance.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (this.store.getState().instance === instance)
          this.store.setState({ hash: linkTo({ id: lab }, instance).hash });
      }, PAUSE_MS);
    });
    this.store.setState({ instance, problems: [...problems, ...left] });
  }

  /** @throws TokenoscopeError what is wrong with the link */
  async #read(hash: string): Promise<DecodedLink> {
    const named = this.#labs.find(({ id }) => hash === `#${id}`);
    if (named) return { lab: named.id, parts: {}, problems: [] };
    if (hash.length > 1) return decodeLink(hash);
    throw new TokenoscopeError(
      'link-malformed',
      'There is no experiment in the address of this frame.',
      'Copy the code once more: in Tokenoscope, under Copy link.',
    );
  }

  #find(id: string): LabEntry {
    const lab = this.#labs.find((entry) => entry.id === id);
    if (lab?.embedHeight !== undefined) return lab;
    throw new TokenoscopeError(
      'link-invalid',
      lab ? `The ${lab.title.toLowerCase()} cannot be shown in a frame.` : `This version has no lab “${id}”.`,
      'Open it in Tokenoscope.',
    );
  }

  async #load(lab: LabEntry): Promise<LabModule> {
    try {
      return await lab.load();
    } catch (cause) {
      throw new TokenoscopeError(
        'internal',
        `The ${lab.title.toLowerCase()} could not be loaded.`,
        'Check the connection, then reload the page.',
        { cause },
      );
    }
  }
}

function explained(error: unknown): NonNullable<EmbeddedState['failure']> {
  if (error instanceof TokenoscopeError) return { message: error.message, hint: error.hint };
  return {
    message: 'This link could not be read.',
    hint: 'Copy the code once more: in Tokenoscope, under Copy link.',
  };
}
