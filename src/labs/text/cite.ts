import { papersOfTokenizer } from '../../catalog/papers';
import type { TextCatalogEntry } from '../../catalog/tokenizers';
import type { Citation } from '../../core/citation';
import { sha256OfId } from '../../core/link/tokenizer-file';

/** A tokenizer of an experiment: its entry in the catalogue, or what its file is called. */
export type Cited = TextCatalogEntry | { readonly id: string; readonly name: string };

/**
 * The tokenizers that an experiment uses: their papers, or else where their publishers publish them; files by their
 * content. What is computed by a definition and has no paper has nothing to cite.
 */
export function citeTokenizers(tokenizers: readonly Cited[]): readonly Citation[] {
  return tokenizers.flatMap((one) => ('name' in one ? ofFile(one.id, one.name) : ofCatalog(one)));
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

function ofFile(id: string, name: string): readonly Citation[] {
  const sha256 = sha256OfId(id);
  const key = `tokenizer-${sha256.slice(0, 8)}`;
  return [{ key, kind: 'misc', authors: [], title: name, note: `A tokenizer file, sha256 ${sha256}` }];
}
