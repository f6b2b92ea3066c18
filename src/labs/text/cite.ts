import { papersOfTokenizer } from '../../catalog/papers';
import { findTextTokenizer, type TextCatalogEntry } from '../../catalog/tokenizers';
import type { Citation } from '../../core/citation';
import { sha256OfId } from '../../core/link/tokenizer-file';

/**
 * The tokenizers that an experiment uses: their papers, or else where their publishers publish them; files by their
 * content. What is computed by a definition and has no paper has nothing to cite.
 * @param labelOf what a tokenizer is called
 */
export function citeTokenizers(ids: readonly string[], labelOf: (id: string) => string): readonly Citation[] {
  return ids.flatMap((id) => {
    const entry = findTextTokenizer(id);
    return entry ? ofCatalog(entry) : ofFile(id, labelOf(id));
  });
}

function ofCatalog({
  id,
  label,
  publisher,
  summary,
  homepage,
  oracle,
}: TextCatalogEntry): readonly Citation[] {
  const papers = papersOfTokenizer(id);
  if (papers.length > 0 || oracle.kind === 'definition') return papers;
  return [
    {
      key: `tokenizer-${id}`,
      kind: 'misc',
      authors: [publisher],
      title: `${label}, a tokenizer`,
      url: homepage,
      note: summary,
    },
  ];
}

function ofFile(id: string, label: string): readonly Citation[] {
  const sha256 = sha256OfId(id);
  const key = `tokenizer-${sha256.slice(0, 8)}`;
  return [{ key, kind: 'misc', authors: [], title: label, note: `A tokenizer file, sha256 ${sha256}` }];
}
