import { formatInteger } from '../../ui/format';

/** Where the text comes from. */
export type CorpusTab = 'bundled' | 'text' | 'files';

/** Corpora that the page brings along; ids are part of links. */
export type BundledId = 'alice' | 'samples' | 'declaration';

/** A file to learn from. */
export interface CorpusFile {
  readonly name: string;
  readonly content: Blob;
  readonly gzip: boolean;
}

/** A file that was not taken, and why. */
export interface SkippedFile {
  readonly name: string;
  /** As in "x is ...". */
  readonly what: string;
}

/** What is learned from. Each tab keeps its own, so that looking at another loses nothing. */
export interface Corpus {
  readonly tab: CorpusTab;
  readonly bundled: BundledId;
  /** Of the Declaration, by code. */
  readonly languages: readonly string[];
  readonly text: string;
  readonly files: readonly CorpusFile[];
}

/** Part of the link format: these never change. */
export const DEFAULT_CORPUS: Corpus = {
  tab: 'bundled',
  bundled: 'alice',
  languages: ['eng'],
  text: '',
  files: [],
};

/** UTF-16 units that the field shows; a longer text becomes a file. */
export const FIELD_LIMIT = 60_000;

/** Whether a text is shown in the field. */
export function fitsField(text: string): boolean {
  return text.length <= FIELD_LIMIT;
}

/** The bundled corpora, in the order of the menu. */
export const BUNDLED: readonly { readonly id: BundledId; readonly name: string; readonly about: string }[] = [
  {
    id: 'alice',
    name: 'Alice in Wonderland',
    about: 'The novel by Lewis Carroll, 1865: 143 kB of English. Public domain.',
  },
  {
    id: 'declaration',
    name: 'Declaration of Human Rights',
    about: 'The same thirty articles in any of the languages below; about 10 kB of English.',
  },
  {
    id: 'samples',
    name: 'Sample texts',
    about: 'What the text lab shows: fourteen short texts in many scripts, code and numbers; 15 kB.',
  },
];

/** What the corpus is called in names and sentences. */
export function nameOfCorpus({ tab, bundled, languages, files }: Corpus): string {
  if (tab === 'text') return 'pasted text';
  if (tab === 'files') return files.length === 1 ? files[0]!.name : `${formatInteger(files.length)} files`;
  if (bundled === 'alice') return 'Alice';
  if (bundled === 'samples') return 'the samples';
  if (languages.join() === DEFAULT_CORPUS.languages.join()) return 'the Declaration in English';
  return `the Declaration in ${languages.length === 1 ? '1 language' : `${languages.length} languages`}`;
}

/** The same for the same text: curves of one corpus are drawn together. */
export function keyOfCorpus({ tab, bundled, languages, text, files }: Corpus): string {
  if (tab === 'text') return `text ${text}`;
  if (tab === 'files') return `files ${files.map(({ name, content }) => `${name} ${content.size}`).join()}`;
  return bundled === 'declaration' ? `declaration ${[...languages].sort().join()}` : bundled;
}
