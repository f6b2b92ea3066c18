import type { LoadProgress } from '../engine/rpc/protocol';
import type { Input } from './experiment';

/** What a run says while it runs. */
export type RunProgress =
  /** Of a vocabulary or a model that it needs. */
  | { readonly kind: 'loading'; readonly load: LoadProgress }
  /** The share done, 0 to 1. */
  | { readonly kind: 'share'; readonly share: number }
  /** A result so far. */
  | { readonly kind: 'preview'; readonly result: unknown };

/** The experiments' worker. */
export type RunApi = {
  /** Runs an experiment. @throws TokenoscopeError `aborted`, `link-invalid`, and what is wrong with the input */
  run: {
    args: {
      readonly id: string;
      readonly state: unknown;
      readonly input: Input;
      /** Absolute address of the folder of language models, ending in /. */
      readonly lmUrl: string;
    };
    result: unknown;
    progress: RunProgress;
  };
};
