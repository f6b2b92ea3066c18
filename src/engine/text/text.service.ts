import { throwIfAborted } from '../../core/errors';
import { assignHues } from '../../core/hues';
import { tokenizerFileId } from '../../core/link/tokenizer-file';
import { tokenLevels } from '../../core/text/bidi';
import { layoutRows } from '../../core/text/layout';
import type { RowLayout, RowOptions } from '../../core/text/rows';
import { findChanges } from '../../core/text/token-changes';
import { findGlyphs, findLoss, type TokenGlyphs } from '../../core/text/token-glyphs';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { TokenEntry, Tokenizer } from '../../core/text/tokens';
import { runInSlices } from '../../tokenizers/slices';
import type { CallContext, Handlers } from '../rpc/server';
import { keepStored } from '../storage/tokenizer-store';
import { acceptTokenizer } from './accept-tokenizer';
import type { ExportApi } from './export.api';
import { exportHandlers } from './export.service';
import { inSlices } from './in-slices';
import { readText } from './read-text';
import { CAN_SHARE, movable, shareableCopy } from './shared-memory';
import type { TextWorkerApi } from './study.api';
import { studyHandlers } from './study.service';
import type { LookUpQuery, SegmentArgs, SegmentProgress } from './text.api';
import { type KeptText, TextKeeper } from './text-keeper';
import { type ReadVocabulary, TokenizerLoader } from './tokenizer-loader';
import type { VocabularyApi } from './vocabulary.api';
import { vocabularyHandlers } from './vocabulary.service';

type Context = CallContext<SegmentProgress>;

/** Tokens of larger texts are kept only where worker and page share their memory. */
const KEPT_BYTES = 8_000_000;

/** UTF-16 units in which clusters are counted at once: a few milliseconds at worst. */
const CLUSTER_STEP = 4096;

/** A text's tokens, and which of them are drawn by their spelling. */
interface Cut {
  readonly tokens: TokenSequence;
  readonly glyphs: TokenGlyphs;
}

/** The text worker's work, without the worker itself. Holds loaded tokenizers and the latest tokens of each. */
export function textHandlers(
  readVocabulary: ReadVocabulary,
): Handlers<TextWorkerApi & VocabularyApi & ExportApi> {
  const tokenizers = new TokenizerLoader(readVocabulary);
  const texts = new TextKeeper();
  const latest = new Map<string, Cut & { readonly key: number }>();
  let queue: Promise<unknown> = Promise.resolve();

  const takeText = (args: SegmentArgs): KeptText | undefined => {
    const text = texts.take(args.text);
    if (text) for (const [id, { key }] of latest) if (key !== text.key) latest.delete(id);
    return text;
  };

  /** One at a time, so that the first column is complete early instead of all of them late. */
  const cut = (id: string, text: KeptText, tokenizer: Tokenizer, context: Context): Promise<Cut> => {
    const job = queue.then(async () => {
      throwIfAborted(context.signal);
      const known = latest.get(id);
      if (known?.key === text.key) return known;
      // Reported before the first step, which may never end.
      context.progress({ phase: 'encode', share: 0 });
      const tokens = await tokenizer.encodeInSlices(text.text, {
        signal: context.signal,
        onProgress: (share) => context.progress({ phase: 'encode', share }),
      });
      return { tokens, glyphs: findGlyphs(tokens, text.bytes, tokenizer) };
    });
    queue = job.catch(() => undefined);
    return job;
  };

  /** The tokens to send, in memory that is shared or can be moved; the same ones are kept for the next layout. */
  const share = (id: string, text: KeptText, { tokens, glyphs }: Cut): TokenSequence => {
    const isKept = latest.get(id)?.key === text.key;
    if (CAN_SHARE && isKept) return tokens;
    if (!CAN_SHARE && text.bytes.length > KEPT_BYTES) return tokens;
    const { ids, starts, ends } = tokens;
    const copies = { ids: shareableCopy(ids), starts: shareableCopy(starts), ends: shareableCopy(ends) };
    latest.set(id, { key: text.key, tokens: CAN_SHARE ? copies : tokens, glyphs });
    return copies;
  };

  return {
    async segment(args, context) {
      const text = takeText(args);
      if (!text) return null;
      const { id } = args.tokenizer;
      const { tokenizer, notes, encodings } = await tokenizers.get(args.tokenizer, context);
      const made = await cut(id, text, tokenizer, context);
      const { glyphs } = made;
      const tokens = share(id, text, made);
      const rows = await layout(text.bytes, { tokens, glyphs }, args.options, context);
      const hues = assignHues(tokens.ids);
      const levels = await inSlices(tokenLevels(text.text, text.bytes, tokens), context);
      await runInSlices(() => (text.advanceWords() ? 1 : 0), { signal: context.signal });
      context.transfer(...movable(tokens.ids, tokens.starts, tokens.ends, hues));
      return {
        tokens,
        hues,
        glyphs,
        changes: await inSlices(findChanges(tokens, text.bytes, glyphs, tokenizer), context),
        loss: findLoss(tokens, text.bytes, glyphs, tokenizer),
        ...(levels ? { levels } : {}),
        rows,
        options: args.options,
        vocabularySize: tokenizer.vocabularySize,
        notes,
        ...(encodings ? { encodings } : {}),
        bytes: text.bytes.length,
        codePoints: text.codePoints,
        words: text.wordCount ?? 0,
      };
    },

    async layout(args, context) {
      const text = takeText(args);
      if (!text) return null;
      const { id } = args.tokenizer;
      const known = latest.get(id);
      const made = known
        ? known
        : await cut(id, text, (await tokenizers.get(args.tokenizer, context)).tokenizer, context);
      return layout(text.bytes, made, args.options, context);
    },

    async accept({ files }, context) {
      const { loaded, ...accepted } = await acceptTokenizer(files, {
        signal: context.signal,
        onProgress: (progress) => context.progress(progress),
      });
      tokenizers.keep(tokenizerFileId(accepted.sha256), loaded);
      return accepted;
    },

    async store({ record, files }) {
      await keepStored(record, files);
      return null;
    },

    async lookUp({ tokenizer, query }, context) {
      const loaded = await tokenizers.get(tokenizer, context);
      return lookUp(loaded.tokenizer, query);
    },

    async chatTemplate({ tokenizer }, context) {
      return (await tokenizers.get(tokenizer, context)).chatTemplate ?? null;
    },

    async spans({ text, start, end, unit }, { signal }) {
      const kept = texts.take(text);
      if (!kept) return null;
      // Clusters are counted from the beginning; later calls continue from there.
      const share = unit / Math.max(1, kept.text.length);
      await runInSlices(() => (kept.spans.advance(CLUSTER_STEP) >= share ? 1 : 0), { signal });
      return kept.spans.of(start, end);
    },

    async trace({ tokenizer, text, options }, context) {
      const kept = texts.take(text);
      if (!kept) return null;
      const loaded = await tokenizers.get(tokenizer, context);
      const trace = loaded.tokenizer.trace(kept.text, options);
      if (trace?.kind === 'merges') {
        const { symbols, ranks, ids, lefts, rights } = trace;
        context.transfer(...movable(symbols.ids, symbols.starts, symbols.ends, ranks, ids, lefts, rights));
      }
      return { trace };
    },

    async explain({ tokenizer, text, token }, context) {
      const kept = texts.take(text);
      if (!kept) return null;
      const loaded = await tokenizers.get(tokenizer, context);
      const { explainToken } = await import('./explain-token');
      return explainToken(loaded.tokenizer, kept.bytes, token);
    },

    async readText({ file, limit }, context) {
      const read = await readText(file, limit, {
        signal: context.signal,
        onProgress: (loaded, total) => context.progress({ loaded, total }),
      });
      context.transfer(...movable(read.bytes));
      return read;
    },

    async forget({ tokenizer }) {
      latest.delete(tokenizer);
      return null;
    },

    ...studyHandlers({ tokenizers, texts }),
    ...vocabularyHandlers(tokenizers),

    ...exportHandlers(tokenizers),

    ping: async () => null,
  };
}

async function layout(
  bytes: Uint8Array,
  { tokens, glyphs }: Cut,
  options: RowOptions,
  context: Context,
): Promise<RowLayout> {
  const rows = await inSlices(layoutRows(bytes, tokens, options, glyphs), context);
  context.transfer(...movable(rows.tokens, rows.offsets));
  return rows;
}

function lookUp(tokenizer: Tokenizer, query: LookUpQuery): readonly TokenEntry[] {
  const ids = 'id' in query ? [query.id] : tokenizer.idsOf(query.token);
  return ids.flatMap((id) => tokenizer.token(id) ?? []);
}
