import { throwIfAborted } from '../../core/errors';
import { tokenizerFileId } from '../../core/link/tokenizer-file';
import { findGlyphs } from '../../core/text/token-glyphs';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { TokenEntry, Tokenizer } from '../../core/text/tokens';
import { runInSlices } from '../../tokenizers/slices';
import type { CallContext, Handlers } from '../rpc/server';
import { keepStored } from '../storage/tokenizer-store';
import { acceptTokenizer } from './accept-tokenizer';
import { checkHandlers } from './check.service';
import { cutHandlers } from './cuts.service';
import { type Drawn, drawTokens, layOut } from './draw-tokens';
import type { ExportApi } from './export.api';
import { exportHandlers } from './export.service';
import { readSpecials } from './read-specials';
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

/** The text worker's work, without the worker itself. Holds loaded tokenizers and the latest tokens of each. */
export function textHandlers(
  readVocabulary: ReadVocabulary,
): Handlers<TextWorkerApi & VocabularyApi & ExportApi> {
  const tokenizers = new TokenizerLoader(readVocabulary);
  const texts = new TextKeeper();
  const latest = new Map<string, Drawn & { readonly key: number }>();
  const cuts = cutHandlers(tokenizers, texts);
  let queue: Promise<unknown> = Promise.resolve();

  const takeText = (args: SegmentArgs): KeptText | undefined => {
    const text = texts.take(args.text);
    if (text) for (const [id, { key }] of latest) if (key !== text.key) latest.delete(id);
    return text;
  };

  /** One at a time, so that the first column is complete early instead of all of them late. */
  const cut = (
    { tokenizer: { id }, encode }: SegmentArgs,
    text: KeptText,
    tokenizer: Tokenizer,
    context: Context,
  ): Promise<Drawn> => {
    const job = queue.then(async () => {
      throwIfAborted(context.signal);
      const known = latest.get(id);
      if (known?.key === text.key) return known;
      // Reported before the first step, which may never end.
      context.progress({ phase: 'encode', share: 0 });
      const tokens = await tokenizer.encodeInSlices(text.text, {
        ...encode,
        signal: context.signal,
        onProgress: (share) => context.progress({ phase: 'encode', share }),
      });
      if (encode?.addSpecialTokens) placeAtEnd(tokens, text.bytes.length);
      return { tokens, glyphs: findGlyphs(tokens, text.bytes, tokenizer) };
    });
    queue = job.catch(() => undefined);
    return job;
  };

  /** The tokens to send, in memory that is shared or can be moved; the same ones are kept for the next layout. */
  const share = (id: string, text: KeptText, { tokens, glyphs }: Drawn): TokenSequence => {
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
      const made = await cut(args, text, tokenizer, context);
      const { glyphs } = made;
      const tokens = share(id, text, made);
      const special = await readSpecials(text.text, tokenizer, args.encode ?? {}, context.signal);
      return {
        ...(await drawTokens({ tokens, glyphs }, text, tokenizer, args.options, context)),
        vocabularySize: tokenizer.vocabularySize,
        notes,
        ...(encodings ? { encodings } : {}),
        ...(special ? { special } : {}),
      };
    },

    async layout(args, context) {
      const text = takeText(args);
      if (!text) return null;
      const { id } = args.tokenizer;
      const known = latest.get(id);
      const made = known
        ? known
        : await cut(args, text, (await tokenizers.get(args.tokenizer, context)).tokenizer, context);
      return layOut(text.bytes, made, args.options, context);
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

    ...cuts.handlers,

    async forget({ tokenizer }) {
      latest.delete(tokenizer);
      cuts.forget(tokenizer);
      return null;
    },

    ...checkHandlers(tokenizers),
    ...studyHandlers({ tokenizers, texts }),
    ...vocabularyHandlers(tokenizers),

    ...exportHandlers(tokenizers),

    ping: async () => null,
  };
}

/** Tokens that were added behind the text have no place of their own; on screen, it is the end. */
function placeAtEnd({ starts, ends }: TokenSequence, end: number): void {
  for (let i = ends.length - 1; i > 0 && ends[i] === 0; i--) {
    starts[i] = end;
    ends[i] = end;
  }
}

function lookUp(tokenizer: Tokenizer, query: LookUpQuery): readonly TokenEntry[] {
  const ids = 'id' in query ? [query.id] : tokenizer.idsOf(query.token);
  return ids.flatMap((id) => tokenizer.token(id) ?? []);
}
