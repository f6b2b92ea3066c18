import type { SamplerFacts } from '../../core/image/sampling';

/** What this build can open; a link may name other things. The first model is the default. */
export interface Known {
  readonly models: readonly KnownModel[];
  /** Ids of the bundled pictures. */
  readonly samples: readonly string[];
}

export interface KnownModel {
  readonly id: string;
  /** First 8 hex digits of the decoder's sha256. */
  readonly hash: string;
  /** The same of earlier builds that draw the very same pictures. */
  readonly sameAs?: readonly string[] | undefined;
  readonly tokens: { readonly count: number; readonly codebookSize: number };
  /** Set where it samples its pictures. */
  readonly sampler?: SamplerFacts | undefined;
}
