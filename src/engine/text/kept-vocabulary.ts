import { TokenoscopeError } from '../../core/errors';
import type { Tokenizer } from '../../core/text/tokens';
import { findCounterparts } from '../../tokenizers/inspection/compare-vocabularies';
import { findDuplicates, type TokenGroups } from '../../tokenizers/inspection/duplicates';
import { type MergeForest, readForest } from '../../tokenizers/inspection/merge-forest';
import { findOrigins, type Origins } from '../../tokenizers/inspection/origins';
import { hasVocabulary, tabulate, type VocabularyTable } from '../../tokenizers/inspection/vocabulary-table';
import { runInSlices } from '../../tokenizers/slices';
import type { CallContext } from '../rpc/server';
import type { SegmentProgress } from './text.api';

export type WorkContext = Pick<CallContext<SegmentProgress>, 'signal' | 'progress'>;

/** A vocabulary in a worker. What is derived from it is computed on first use and kept; an abort keeps nothing. */
export class KeptVocabulary {
  readonly tokenizer: Tokenizer;
  readonly table: VocabularyTable;
  #forest: MergeForest | undefined;
  #origins: Origins | undefined;
  readonly #groups = new Map<boolean, TokenGroups>();
  #counterparts: { readonly of: KeptVocabulary; readonly ids: Uint32Array } | undefined;

  private constructor(tokenizer: Tokenizer, table: VocabularyTable) {
    this.tokenizer = tokenizer;
    this.table = table;
  }

  /** @throws TokenoscopeError `tokenizer-unsupported` where ids are not tokens of a list */
  static async of(tokenizer: Tokenizer, label: string, context: WorkContext): Promise<KeptVocabulary> {
    if (!hasVocabulary(tokenizer)) {
      throw new TokenoscopeError(
        'tokenizer-unsupported',
        `${label} has no vocabulary: its ids are made from the text.`,
        'Choose a tokenizer with a list of tokens.',
      );
    }
    return new KeptVocabulary(tokenizer, await inSteps(tabulate(tokenizer), context));
  }

  async forest(context: WorkContext): Promise<MergeForest> {
    this.#forest ??= await inSteps(readForest(this.tokenizer, this.table.size), context);
    return this.#forest;
  }

  async origins(context: WorkContext): Promise<Origins> {
    this.#origins ??= await inSteps(findOrigins(this.tokenizer, this.table), context);
    return this.#origins;
  }

  async groups(exact: boolean, context: WorkContext): Promise<TokenGroups> {
    let groups = this.#groups.get(exact);
    if (!groups) {
      groups = await inSteps(findDuplicates(this.table, exact), context);
      this.#groups.set(exact, groups);
    }
    return groups;
  }

  /** By id: the id in another vocabulary. */
  async counterparts(other: KeptVocabulary, context: WorkContext): Promise<Uint32Array> {
    if (this.#counterparts?.of !== other) {
      this.#counterparts = {
        of: other,
        ids: await inSteps(findCounterparts(this.table, other.table), context),
      };
    }
    return this.#counterparts.ids;
  }
}

/** Drives work a few milliseconds at a time, so that the worker hears an abort, and tells how far it is. */
export async function inSteps<T>(work: Generator<number, T>, { signal, progress }: WorkContext): Promise<T> {
  let result: { readonly value: T } | undefined;
  await runInSlices(
    () => {
      const step = work.next();
      if (!step.done) return Math.min(step.value, 0.999);
      result = { value: step.value };
      return 1;
    },
    { signal, onProgress: (share) => progress({ phase: 'encode', share }) },
  );
  if (!result) throw new Error('The work ended without a result.');
  return result.value;
}
