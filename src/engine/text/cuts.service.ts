import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { findGlyphs } from '../../core/text/token-glyphs';
import type { Tokenizer } from '../../core/text/tokens';
import { curveSizes } from '../../core/text/vocabulary-cut';
import { arrived } from '../../tokenizers/arrived-code';
import type { CutText, VocabularyCuts } from '../../tokenizers/cut/cut-text';
import { inSlices } from '../../tokenizers/files/steps';
import type { CallContext, Handlers } from '../rpc/server';
import { drawTokens } from './draw-tokens';
import type { SegmentProgress, TextApi, TextRef, TokenizerRef } from './text.api';
import type { KeptText, TextKeeper } from './text-keeper';
import type { TokenizerLoader } from './tokenizer-loader';

type Context = CallContext<SegmentProgress>;

/** Longer texts are refused: every distinct word is kept with all of its merges. */
const LIMIT = 4_000_000;

/** Sizes of a curve where none are named. */
const CURVE_SIZES = 48;

/** Which text to prepare for which tokenizer. */
interface Wanted {
  readonly tokenizer: TokenizerRef;
  readonly text: TextRef;
}

/** A text that is ready to be cut. */
interface Prepared {
  readonly text: KeptText;
  readonly tokenizer: Tokenizer;
  readonly notes: readonly string[];
  readonly cuts: VocabularyCuts;
  readonly cut: CutText;
}

/** The part of the text worker that cuts vocabularies. Keeps the latest text of each tokenizer, ready to be cut. */
export function cutHandlers(tokenizers: TokenizerLoader, texts: TextKeeper) {
  const vocabularies = new WeakMap<Tokenizer, VocabularyCuts>();
  const latest = new Map<string, { readonly key: number; readonly prepared: Prepared }>();

  let queue: Promise<unknown> = Promise.resolve();

  /** Undefined where the worker lacks the text; null where there is nothing to cut. */
  const prepare = (args: Wanted, context: Context): Promise<Prepared | null | undefined> => {
    const text = texts.take(args.text);
    if (!text) return Promise.resolve(undefined);
    // One at a time: a curve and a cut of the same text need the same preparation.
    const job = queue.then(() => prepareNow(args, text, context));
    queue = job.catch(() => undefined);
    return job;
  };

  const prepareNow = async (args: Wanted, text: KeptText, context: Context): Promise<Prepared | null> => {
    throwIfAborted(context.signal);
    const { id } = args.tokenizer;
    for (const [other, { key }] of latest) if (key !== text.key) latest.delete(other);
    const known = latest.get(id);
    if (known) return known.prepared;
    const { tokenizer, notes } = await tokenizers.get(args.tokenizer, context);
    const { vocabularyCuts } = await arrived(import('../../tokenizers/cut/vocabulary-cuts'));
    const cuts = vocabularies.get(tokenizer) ?? vocabularyCuts(tokenizer);
    if (!cuts) return null;
    vocabularies.set(tokenizer, cuts);
    if (text.bytes.length > LIMIT) throw tooLong();
    // Reported before the first step, which may never end.
    context.progress({ phase: 'encode', share: 0 });
    const cut = await inSlices(cuts.prepare(text.text), slicing(context, 0, 0.9));
    const prepared = { text, tokenizer, notes, cuts, cut };
    latest.set(id, { key: text.key, prepared });
    return prepared;
  };

  const handlers: Pick<Handlers<TextApi>, 'cutText' | 'cutCurve' | 'cutBest'> = {
    async cutText(args, context) {
      const prepared = await prepare(args, context);
      if (!prepared) return prepared === null ? { view: null } : null;
      const { text, tokenizer, notes, cuts, cut } = prepared;
      const size = cuts.sizeAt(args.size);
      const options = slicing(context, 0.9, 1);
      const tokens = await inSlices(cut.tokens(size), options);
      const position = await inSlices(cut.position(size), options);
      const glyphs = findGlyphs(tokens, text.bytes, tokenizer);
      const drawn = await drawTokens({ tokens, glyphs }, text, tokenizer, args.options, context);
      return {
        view: {
          segmentation: { ...drawn, vocabularySize: size, notes },
          cut: { ...cuts.extent, size, merges: cuts.mergesAt(size), position },
        },
      };
    },

    async cutCurve(args, context) {
      const prepared = await prepare(args, context);
      if (!prepared) return prepared === null ? { curve: null } : null;
      const { cuts, cut } = prepared;
      const { smallest, largest } = cuts.extent;
      const sizes = args.sizes ?? curveSizes(smallest, largest, CURVE_SIZES);
      const counts: number[] = [];
      for (const [i, size] of sizes.entries()) {
        const done = (share: number) => 0.9 + (0.1 * (i + share)) / sizes.length;
        counts.push(await inSlices(cut.count(cuts.sizeAt(size)), slicing(context, done(0), done(1))));
      }
      return { curve: { ...cuts.extent, sizes, counts } };
    },

    async cutBest(args, context) {
      const prepared = await prepare(args, context);
      if (!prepared) return prepared === null ? { best: null } : null;
      const { cuts, cut } = prepared;
      return { best: cut.best(cuts.sizeAt(args.size), args.at, args.count) ?? null };
    },
  };
  return { handlers, forget: (tokenizer: string) => void latest.delete(tokenizer) };
}

/** Slices whose progress is that from `from` to `to` of a whole. */
function slicing({ signal, progress }: Context, from: number, to: number) {
  return {
    signal,
    onProgress: (share: number) => progress({ phase: 'encode', share: from + (to - from) * share }),
  };
}

function tooLong(): TokenoscopeError {
  return new TokenoscopeError(
    'text-too-large',
    `Vocabularies are cut for texts of up to ${LIMIT / 1e6} MB, and this one is longer.`,
    'Take a part of it.',
  );
}
