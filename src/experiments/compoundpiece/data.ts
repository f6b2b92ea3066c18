import { packedText } from '../../catalog/packed-text';

export const languages = ['de', 'nl', 'sv', 'da', 'fi', 'en'] as const;
export type Language = (typeof languages)[number];

type Packed = () => Promise<{ readonly default: string }>;

const FILES: Readonly<Record<Language, { readonly compounds: Packed; readonly words: Packed }>> = {
  de: {
    compounds: () => import('./data/de-compounds.pack?url&inline'),
    words: () => import('./data/de-words.pack?url&inline'),
  },
  nl: {
    compounds: () => import('./data/nl-compounds.pack?url&inline'),
    words: () => import('./data/nl-words.pack?url&inline'),
  },
  sv: {
    compounds: () => import('./data/sv-compounds.pack?url&inline'),
    words: () => import('./data/sv-words.pack?url&inline'),
  },
  da: {
    compounds: () => import('./data/da-compounds.pack?url&inline'),
    words: () => import('./data/da-words.pack?url&inline'),
  },
  fi: {
    compounds: () => import('./data/fi-compounds.pack?url&inline'),
    words: () => import('./data/fi-words.pack?url&inline'),
  },
  en: {
    compounds: () => import('./data/en-compounds.pack?url&inline'),
    words: () => import('./data/en-words.pack?url&inline'),
  },
};

/** What is bundled of a language (data/README.md). */
export interface LanguageData {
  /** Compounds and their parts as they stand alone. */
  readonly compounds: readonly { readonly word: string; readonly parts: readonly string[] }[];
  /** How often words occur, hyphenated ones among them, as they are written. */
  readonly counts: ReadonlyMap<string, number>;
}

export async function loadLanguage(language: Language): Promise<LanguageData> {
  const [compounds, words] = await Promise.all([
    packedText(FILES[language].compounds),
    packedText(FILES[language].words),
  ]);
  const rows = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
  return {
    compounds: rows(compounds).map(([word, parts]) => ({ word: word!, parts: parts!.split('|') })),
    counts: new Map(rows(words).map(([word, count]) => [word!, Number(count)])),
  };
}
