import { describe, expect, it } from 'vitest';
import { families } from '../engine/families/families';
import { papers, papersOfFamily } from './papers';
import { findTextTokenizer } from './tokenizers';

describe.each(papers.map((paper) => [paper.citation.key, paper] as const))('%s', (_, paper) => {
  const { citation, tokenizers = [], families: of = [] } = paper;

  it('is about tokenizers of this page', () => {
    expect(tokenizers.length + of.length).toBeGreaterThan(0);
    expect(tokenizers.filter((id) => !findTextTokenizer(id))).toEqual([]);
  });

  it('says who, when and where to find it', () => {
    expect(citation.authors.length).toBeGreaterThan(0);
    expect(citation.year).toBeGreaterThan(2000);
    expect(citation.arxiv ?? citation.url).toMatch(/^(\d{4}\.\d{4,5}|https:\/\/.+)$/);
    // "Last, First", or an organisation without a comma: never "First Last" of a person.
    for (const author of citation.authors) expect(author).toMatch(/^[^,]+(, [^,]+)?$/);
    if (citation.authors.length > 1) for (const author of citation.authors) expect(author).toContain(', ');
  });
});

it('has no key twice, and a paper for every family of checkpoints', () => {
  const keys = papers.map(({ citation }) => citation.key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(families.filter(({ id }) => papersOfFamily(id).length === 0).map(({ id }) => id)).toEqual([]);
});
