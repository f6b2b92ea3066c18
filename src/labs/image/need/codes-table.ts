import { type CodeUsage, codeUsage } from '../../../core/image/code-usage';
import { type ExportTable, toCsv } from '../../../views/export/table';
import type { NeedModel } from './need-model';
import type { NeedRun } from './protocol';

/** What bounds the figures of a run: with few pictures little can be seen of a large codebook. */
export interface CodeBounds {
  /** Most bits that a position can show. */
  readonly entropy: number;
  /** Most codes that so many tokens can be. */
  readonly used: number;
}

export function boundsOf(
  { pictures, tokens }: CodeUsage,
  model: Pick<NeedModel<never>, 'tokens'>,
): CodeBounds {
  return {
    entropy: Math.min(Math.log2(Math.max(1, pictures)), Math.log2(model.tokens.codebookSize)),
    used: Math.min(tokens, model.tokens.codebookSize),
  };
}

/** The use of every position, as a table. */
export function positionsTable(
  usage: CodeUsage,
  model: Pick<NeedModel<never>, 'id' | 'tokens'>,
): ExportTable {
  const { entropy: most } = boundsOf(usage, model);
  return {
    columns: [
      'model',
      'pictures',
      'position',
      'bits_spent',
      'entropy_bits',
      'most_entropy_bits',
      'codes_used',
    ],
    rows: usage.positions.map(({ distinct, entropy }, i) => [
      model.id,
      usage.pictures,
      i + 1,
      model.tokens.bits,
      round(entropy),
      round(most),
      distinct,
    ]),
  };
}

/** How the pictures of a run use every position, of all its models, as CSV. */
export function codesCsv({ models, pictures }: Pick<NeedRun, 'models' | 'pictures'>): string {
  const tables = models.map((model, i) =>
    positionsTable(codeUsage(pictures.map(({ needs }) => needs[i]!.ids)), model),
  );
  return toCsv({ columns: tables[0]?.columns ?? [], rows: tables.flatMap(({ rows }) => rows) });
}

/** How often the used codes stand anywhere, most frequent first; the most frequent ones with their id and positions. */
export function ranksTable(usage: CodeUsage, model: Pick<NeedModel<never>, 'id'>): ExportTable {
  return {
    columns: ['model', 'rank', 'count', 'code', 'positions'],
    rows: Array.from(usage.ranks, (count, i) => {
      const common = usage.common[i];
      const where = common?.positions.map(({ position, count: times }) => `${position}:${times}`).join(' ');
      return [model.id, i + 1, count, common?.code ?? null, where ?? null];
    }),
  };
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
