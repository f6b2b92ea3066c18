import { assignHues } from '../../core/hues';
import { tokenLevels } from '../../core/text/bidi';
import { layoutRows } from '../../core/text/layout';
import type { RowLayout, RowOptions } from '../../core/text/rows';
import { findChanges } from '../../core/text/token-changes';
import { findLoss, type TokenGlyphs } from '../../core/text/token-glyphs';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { Tokenizer } from '../../core/text/tokens';
import { inSlices } from '../../tokenizers/files/steps';
import { runInSlices } from '../../tokenizers/slices';
import type { CallContext } from '../rpc/server';
import { movable } from './shared-memory';
import type { Segmentation, SegmentProgress } from './text.api';
import type { KeptText } from './text-keeper';

type Context = CallContext<SegmentProgress>;

/** A text's tokens, and which of them are drawn by their spelling. */
export interface Drawn {
  readonly tokens: TokenSequence;
  readonly glyphs: TokenGlyphs;
}

/** All that a column needs to draw tokens, beside what is known of the tokenizer. Marks it to be moved. */
export async function drawTokens(
  { tokens, glyphs }: Drawn,
  text: KeptText,
  tokenizer: Tokenizer,
  options: RowOptions,
  context: Context,
): Promise<Omit<Segmentation, 'vocabularySize' | 'notes' | 'encodings' | 'special'>> {
  const rows = await layOut(text.bytes, { tokens, glyphs }, options, context);
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
    options,
    bytes: text.bytes.length,
    codePoints: text.codePoints,
    words: text.wordCount ?? 0,
  };
}

/** Breaks tokens into rows. Marks them to be moved. */
export async function layOut(
  bytes: Uint8Array,
  { tokens, glyphs }: Drawn,
  options: RowOptions,
  context: Context,
): Promise<RowLayout> {
  const rows = await inSlices(layoutRows(bytes, tokens, options, glyphs), context);
  context.transfer(...movable(rows.tokens, rows.offsets));
  return rows;
}
