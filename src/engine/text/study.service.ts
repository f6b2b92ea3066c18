import { throwIfAborted } from '../../core/errors';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { Tokenizer } from '../../core/text/tokens';
import type { CallContext, Handlers } from '../rpc/server';
import type { ManyArgs, StudyApi } from './study.api';
import type { SegmentProgress } from './text.api';
import type { TextKeeper } from './text-keeper';
import type { TokenizerLoader } from './tokenizer-loader';

type Context = CallContext<SegmentProgress>;

/** What these methods share with those that draw texts. */
interface Kept {
  readonly tokenizers: TokenizerLoader;
  readonly texts: TextKeeper;
}

/** The methods of the text worker that look closer at texts; what only one of them needs is loaded with its first call. */
export function studyHandlers({ tokenizers, texts }: Kept): Handlers<StudyApi> {
  let queue: Promise<unknown> = Promise.resolve();

  /** One at a time, so that the first tokenizer answers early instead of all of them late. */
  const inTurn = <T>(work: () => Promise<T>, { signal }: Context): Promise<T> => {
    const job = queue.then(() => {
      throwIfAborted(signal);
      return work();
    });
    queue = job.catch(() => undefined);
    return job;
  };

  /** Encodes each text in turn. */
  const each = async (
    { tokenizer: ref, texts: all }: ManyArgs,
    context: Context,
    take: (tokens: TokenSequence, i: number) => void,
  ) => {
    const { tokenizer } = await tokenizers.get(ref, context);
    await inTurn(() => encodeAll(tokenizer, all, context, take), context);
  };

  const encodeAll = async (
    tokenizer: Tokenizer,
    all: readonly string[],
    context: Context,
    take: (tokens: TokenSequence, i: number) => void,
  ) => {
    const total = all.reduce((sum, text) => sum + text.length, 0);
    let done = 0;
    for (const [i, text] of all.entries()) {
      take(await tokenizer.encodeInSlices(text, { signal: context.signal }), i);
      done += text.length;
      context.progress({ phase: 'encode', share: total === 0 ? 1 : done / total });
    }
  };

  return {
    async count(args, context) {
      const counts = new Uint32Array(args.texts.length);
      await each(args, context, ({ ids }, i) => {
        counts[i] = ids.length;
      });
      return counts;
    },

    async cutEach(args, context) {
      const cuts: TokenSequence[] = [];
      await each(args, context, (tokens) => cuts.push(tokens));
      return cuts;
    },

    async measure({ tokenizer: ref, text: wanted, by, measures }, context) {
      const text = texts.take(wanted);
      if (!text) return null;
      const { tokenizer } = await tokenizers.get(ref, context);
      const { measureParts } = await import('./measure-parts');
      return await inTurn(async () => {
        const tokens = await tokenizer.encodeInSlices(text.text, {
          signal: context.signal,
          onProgress: (share) => context.progress({ phase: 'encode', share }),
        });
        const { unknownId, vocabularySize } = tokenizer;
        const whole = {
          tokens,
          utf8: text.bytes,
          wordSpans: await text.words(context),
          unknownId,
          vocabularySize,
        };
        return await measureParts(whole, by, measures, context.signal);
      }, context);
    },

    async split({ tokenizer: ref, text: wanted, options }, context) {
      const text = texts.take(wanted);
      if (!text) return null;
      const { tokenizer } = await tokenizers.get(ref, context);
      const { splitText } = await import('./split-text');
      return await splitText(text.bytes, tokenizer, options, {
        signal: context.signal,
        onProgress: (share) => context.progress({ phase: 'encode', share }),
      });
    },

    async pack({ text: wanted, pieces, format }, context) {
      const text = texts.take(wanted);
      if (!text) return null;
      const { packPieces } = await import('./pack-pieces');
      const packed = packPieces(text.bytes, pieces, format);
      context.transfer(packed.buffer as ArrayBuffer);
      return packed;
    },
  };
}
