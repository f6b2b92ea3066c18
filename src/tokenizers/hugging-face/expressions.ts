import { TokenoscopeError } from '../../core/errors';
import { mayBeEndless } from '../pretokenizers/endless-patterns';
import { onigurumaPattern } from '../pretokenizers/oniguruma';
import { PatternError } from '../pretokenizers/pattern-nodes';
import type { Expressions } from './patterns';

/** Expressions as Hugging Face's library reads them. */
export const expressions: Expressions = {
  mayBeEndless,
  compile(source, place) {
    try {
      return onigurumaPattern(source);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      throw new TokenoscopeError(
        'tokenizer-corrupt',
        `This tokenizer has an expression that cannot be used here: ${place} is ${source}, with ${error.message}.`,
        'If the official library accepts the expression, write that part of it otherwise or report the tokenizer.',
      );
    }
  },
};
