import { throwIfAborted } from '../../core/errors';
import { assignHues } from '../../core/hues';
import { countText } from '../../core/text/counts';
import { layoutRows } from '../../core/text/layout';
import type { RowLayout, RowOptions } from '../../core/text/rows';
import type { Tokenizer, TokenSequence } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import type { CallContext, Handlers } from '../rpc/server';
import type { SegmentArgs, SegmentProgress, TextApi, TokenizerRef } from './api';
import { loadTokenizer } from './load';
import { runInSlices } from './slices';

/** Gives a vocabulary's compiled file, telling how many bytes have come. */
export type ReadVocabulary = (
  name: string,
  onProgress: (loaded: number, total: number | undefined) => void,
) => Promise<Uint8Array>;

type Context = CallContext<SegmentProgress>;

interface Text {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly codePoints: number;
}

/** What the text worker does, apart from being a worker. Holds loaded tokenizers and the latest tokens of each. */
export function textHandlers(readVocabulary: ReadVocabulary): Handlers<TextApi> {
  const tokenizers = new Loader(readVocabulary);
  const latest = new Map<string, { readonly text: string; readonly tokens: TokenSequence }>();
  let current: Text | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const prepare = (text: string): Text => {
    if (current?.text !== text) {
      const { codePoints } = countText(text);
      current = { text, bytes: encodeUtf8(text), codePoints };
    }
    return current;
  };

  /** One at a time, so that the first column is complete as early as can be instead of all of them late. */
  const cut = (args: SegmentArgs, tokenizer: Tokenizer, context: Context): Promise<TokenSequence> => {
    const job = queue.then(async () => {
      throwIfAborted(context.signal);
      const known = latest.get(args.tokenizer.id);
      if (known?.text === args.text) return known.tokens;
      const tokens = await tokenizer.encodeInSlices(args.text, {
        signal: context.signal,
        onProgress: (share) => context.progress({ phase: 'encode', share }),
      });
      latest.set(args.tokenizer.id, { text: args.text, tokens });
      return tokens;
    });
    queue = job.catch(() => undefined);
    return job;
  };

  return {
    async segment(args, context) {
      const tokenizer = await tokenizers.get(args.tokenizer, context);
      const tokens = await cut(args, tokenizer, context);
      const { bytes, codePoints } = prepare(args.text);
      const rows = await layout(bytes, tokens, args.options, context);
      const hues = assignHues(tokens.ids);
      // The originals stay here for the next layout; copies go to the page.
      const copies = { ids: tokens.ids.slice(), starts: tokens.starts.slice(), ends: tokens.ends.slice() };
      context.transfer(copies.ids.buffer, copies.starts.buffer, copies.ends.buffer, hues.buffer);
      return {
        tokens: copies,
        hues,
        rows,
        options: args.options,
        vocabularySize: tokenizer.vocabularySize,
        bytes: bytes.length,
        codePoints,
      };
    },
    async layout(args, context) {
      const known = latest.get(args.tokenizer.id);
      const tokens =
        known?.text === args.text
          ? known.tokens
          : await cut(args, await tokenizers.get(args.tokenizer, context), context);
      return layout(prepare(args.text).bytes, tokens, args.options, context);
    },
  };
}

async function layout(
  bytes: Uint8Array,
  tokens: TokenSequence,
  options: RowOptions,
  context: Context,
): Promise<RowLayout> {
  const work = layoutRows(bytes, tokens, options);
  let rows: RowLayout | undefined;
  await runInSlices(
    () => {
      const step = work.next();
      if (step.done) rows = step.value;
      return step.done ? 1 : 0;
    },
    { signal: context.signal },
  );
  if (!rows) throw new Error('The rows were not laid out.');
  context.transfer(rows.tokens.buffer, rows.offsets.buffer);
  return rows;
}

/** Loads every tokenizer once, whoever asks; everybody who waits hears of the progress. A failure is not kept. */
class Loader {
  readonly #read: ReadVocabulary;
  readonly #loading = new Map<string, { promise: Promise<Tokenizer>; listeners: Set<Context> }>();

  constructor(read: ReadVocabulary) {
    this.#read = read;
  }

  async get({ id, spec }: TokenizerRef, context: Context): Promise<Tokenizer> {
    let entry = this.#loading.get(id);
    if (!entry) {
      const listeners = new Set<Context>();
      const promise = loadTokenizer(spec, (name) =>
        this.#read(name, (loaded, total) => {
          for (const listener of listeners) listener.progress({ phase: 'load', loaded, total });
        }),
      );
      entry = { promise, listeners };
      this.#loading.set(id, entry);
      promise.catch(() => this.#loading.delete(id));
    }
    entry.listeners.add(context);
    try {
      const tokenizer = await entry.promise;
      throwIfAborted(context.signal);
      return tokenizer;
    } finally {
      entry.listeners.delete(context);
    }
  }
}
