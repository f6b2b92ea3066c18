import type { MergeStep, MergeTrace } from '../../core/text/merge-trace';
import type { TokenSequence } from '../../core/text/tokens';
import type { RankMerges } from './bpe/merges';
import { SpanWriter } from './token-writer';
import type { Vocabulary } from './vocabulary';

/**
 * The merges behind tokens whose ids are ranks. Each token is made by one merge of two tokens, and so on down
 * to bytes: nothing needs to be replayed. A token that no merge makes is its own symbol.
 */
export function traceRanks(tokens: TokenSequence, vocabulary: Vocabulary, merges: RankMerges): MergeTrace {
  const symbols = new SpanWriter(tokens.ids.length * 4);
  const steps: MergeStep[] = [];
  const { offsets, size } = vocabulary;
  // A stack instead of recursion, right half first, so that symbols come out from left to right.
  const stack: { id: number; start: number; end: number }[] = [];
  for (let i = 0; i < tokens.ids.length; i++) {
    stack.push({ id: tokens.ids[i]!, start: tokens.starts[i]!, end: tokens.ends[i]! });
    for (let token = stack.pop(); token; token = stack.pop()) {
      const { id, start, end } = token;
      // Special tokens lie beyond the vocabulary, or in its holes.
      const isWhole = id >= size || offsets[id] === offsets[id + 1] || merges.left(id) === id;
      if (isWhole) {
        symbols.push(id, start, end);
        continue;
      }
      const left = merges.left(id);
      const length = offsets[left + 1]! - offsets[left]!;
      const middle = start + length;
      // Below a merge every symbol is one byte.
      steps.push({ rank: id, id, left: symbols.count, right: symbols.count + length });
      stack.push({ id: merges.right(id), start: middle, end }, { id: left, start, end: middle });
    }
  }
  steps.sort((a, b) => a.rank - b.rank || a.left - b.left);
  return { symbols: symbols.finish(), steps };
}
