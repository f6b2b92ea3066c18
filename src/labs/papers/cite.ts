import type { Citation } from '../../core/citation';
import type { Paper } from '../../experiments/paper';

/** What an experiment builds on. `paper.ts` names the first authors only. */
export function citationOf({ id, title, origin }: Paper): readonly Citation[] {
  if (origin.kind === 'own') return [];
  const { authors, year, venue, arxiv } = origin;
  const others = /\s+et al\.?$/;
  return [
    {
      key: id,
      kind: 'misc',
      authors: [authors.replace(others, '')],
      ...(others.test(authors) ? { others: true } : {}),
      title,
      year,
      venue,
      ...(arxiv ? { arxiv } : {}),
    },
  ];
}
