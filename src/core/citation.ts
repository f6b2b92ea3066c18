/** What BibTeX needs to know of a publication, a program or a file of weights. */
export interface Citation {
  /** The entry's key, as its authors give it where they do. */
  readonly key: string;
  readonly kind: 'article' | 'inproceedings' | 'misc';
  /** As BibTeX reads them, "Last, First"; a name without a comma is that of an organisation. Empty where unknown. */
  readonly authors: readonly string[];
  /** There are more authors than are listed. */
  readonly others?: true;
  readonly title: string;
  readonly year?: number;
  /** The proceedings or the journal. */
  readonly venue?: string;
  readonly volume?: number;
  readonly pages?: string;
  /** "2406.07550" */
  readonly arxiv?: string;
  readonly url?: string;
  readonly note?: string;
}

/** Entries for a .bib file, each once, by their keys; in the order given. In UTF-8, as biber and today's BibTeX read it. */
export function toBibtex(citations: readonly Citation[]): string {
  const byKey = new Map(citations.map((citation) => [citation.key, citation]));
  return [...byKey.values()].map(entry).join('\n\n');
}

function entry({ key, kind, authors, others, title, year, venue, ...rest }: Citation): string {
  const { volume, pages, arxiv, url, note } = rest;
  const names = [...authors.map(name), ...(others ? ['others'] : [])].join(' and ');
  const fields: readonly (readonly [string, string | number | undefined])[] = [
    ['author', names || undefined],
    // Braces keep its capitals.
    ['title', `{${escaped(title)}}`],
    [kind === 'inproceedings' ? 'booktitle' : 'journal', venue && escaped(venue)],
    ['volume', volume],
    ['pages', pages?.replace('–', '--')],
    ['year', year],
    ['eprint', arxiv],
    ['archivePrefix', arxiv && 'arXiv'],
    // Styles print it as it is, or through \url, so that nothing of it is escaped.
    ['url', url ?? (arxiv && `https://arxiv.org/abs/${arxiv}`)],
    ['note', note && escaped(note)],
  ];
  const lines = fields.flatMap(([field, value]) => (value === undefined ? [] : [`  ${field} = {${value}}`]));
  return `@${kind}{${safeKey(key)},\n${lines.join(',\n')}\n}`;
}

/** An organisation in braces: BibTeX would take the words of its name for first and last names. */
function name(author: string): string {
  return author.includes(',') ? escaped(author) : `{${escaped(author)}}`;
}

/** What TeX gives a meaning. */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};

function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\^~#$%&_{}]/g, (character) => SPECIAL[character] ?? `\\${character}`);
}

function safeKey(key: string): string {
  return key.replace(/[^\w.:-]+/g, '-').replace(/^-+|-+$/g, '') || 'entry';
}
