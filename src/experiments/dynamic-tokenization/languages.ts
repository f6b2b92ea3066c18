import { packedText } from '../../catalog/packed-text';
import type { ExperimentSample } from '../experiment';

/**
 * The languages of XNLI (Conneau et al. 2018), English first: those of the paper's measurements. Codes are those of
 * src/catalog/declaration.ts.
 */
export const languages = [
  { code: 'eng', name: 'English' },
  { code: 'fra', name: 'French' },
  { code: 'spa', name: 'Spanish' },
  { code: 'deu_1996', name: 'German' },
  { code: 'ell_monotonic', name: 'Greek' },
  { code: 'bul', name: 'Bulgarian' },
  { code: 'rus', name: 'Russian' },
  { code: 'tur', name: 'Turkish' },
  { code: 'arb', name: 'Arabic' },
  { code: 'vie', name: 'Vietnamese' },
  { code: 'tha', name: 'Thai' },
  { code: 'cmn_hans', name: 'Chinese' },
  { code: 'hin', name: 'Hindi' },
  { code: 'swh', name: 'Swahili' },
  { code: 'urd', name: 'Urdu' },
] as const;

/** The Declaration of Human Rights in each of these languages, an article a line. */
export async function loadDeclaration(): Promise<ReadonlyMap<string, string>> {
  const json = await packedText(() => import('./data/declaration.pack?url&inline'));
  const articles: Readonly<Record<string, readonly string[]>> = JSON.parse(json);
  return new Map(languages.map(({ code }) => [code, articles[code]!.join('\n')]));
}

/** The Declaration as a text of its own; ids are in links. */
export const declarationSamples: readonly ExperimentSample[] = [
  { id: 'declaration-tur', label: 'Declaration of Human Rights, Turkish', load: () => declarationIn('tur') },
  { id: 'declaration-eng', label: 'Declaration of Human Rights, English', load: () => declarationIn('eng') },
];

async function declarationIn(code: string): Promise<string> {
  return (await loadDeclaration()).get(code)!;
}
