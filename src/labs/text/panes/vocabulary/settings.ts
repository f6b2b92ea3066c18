import * as v from 'valibot';
import type { TokenOrder, TokenSet } from '../../../../engine/text/vocabulary.api';
import { TOKEN_KINDS, type TokenKind } from '../../../../tokenizers/inspection/select-tokens';

/** What the pane is set to; in links. */
export type Settings = {
  /** The tokenizer, one of the columns; empty for the first one. */
  readonly of: string;
  /** The one to compare it with; empty for none. */
  readonly other: string;
  readonly by: 'text' | 'regex' | 'id' | 'bytes';
  readonly find: string;
  readonly script: string;
  readonly kinds: readonly TokenKind[];
  /** Bytes; 0 for no limit. */
  readonly min: number;
  readonly max: number;
  readonly set: TokenSet;
  readonly order: TokenOrder;
  /** The token whose card is open; -1 for none. */
  readonly token: number;
};

/** A longest search, in UTF-16 units. */
export const FIND_LIMIT = 500;

const bytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));

export const schema: v.GenericSchema<unknown, Settings> = v.object({
  of: v.pipe(v.string(), v.maxLength(200)),
  other: v.pipe(v.string(), v.maxLength(200)),
  by: v.picklist(['text', 'regex', 'id', 'bytes']),
  find: v.pipe(v.string(), v.maxLength(FIND_LIMIT)),
  script: v.pipe(v.string(), v.maxLength(40)),
  kinds: v.pipe(v.array(v.picklist(TOKEN_KINDS)), v.maxLength(TOKEN_KINDS.length)),
  min: bytes,
  max: bytes,
  set: v.picklist(['all', 'alike', 'same', 'unreached', 'shared', 'moved', 'only']),
  order: v.picklist(['set', 'longest', 'shortest']),
  token: v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(0xffffffff)),
});

export const DEFAULTS: Settings = {
  of: '',
  other: '',
  by: 'text',
  find: '',
  script: '',
  kinds: [],
  min: 0,
  max: 0,
  set: 'all',
  order: 'set',
  token: -1,
};
