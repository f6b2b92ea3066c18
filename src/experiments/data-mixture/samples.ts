import { packedText } from '../../catalog/packed-text';
import { news } from '../news';

/** The kinds of text of which samples are counted in, in the order of the shares. */
export const KINDS = [
  { id: 'yours', label: 'Your text', group: 'yours' },
  { id: 'eng', label: 'English', group: 'english' },
  { id: 'deu', label: 'German', group: 'other' },
  { id: 'fra', label: 'French', group: 'other' },
  { id: 'spa', label: 'Spanish', group: 'other' },
  { id: 'pol', label: 'Polish', group: 'other' },
  { id: 'ces', label: 'Czech', group: 'other' },
  { id: 'tur', label: 'Turkish', group: 'other' },
  { id: 'vie', label: 'Vietnamese', group: 'other' },
  { id: 'rus', label: 'Russian', group: 'other' },
  { id: 'ukr', label: 'Ukrainian', group: 'other' },
  { id: 'ell', label: 'Greek', group: 'other' },
  { id: 'arb', label: 'Arabic', group: 'other' },
  { id: 'fas', label: 'Persian', group: 'other' },
  { id: 'hin', label: 'Hindi', group: 'other' },
  { id: 'tha', label: 'Thai', group: 'other' },
  { id: 'zho-CN', label: 'Chinese', group: 'other' },
  { id: 'jpn', label: 'Japanese', group: 'other' },
  { id: 'kor', label: 'Korean', group: 'other' },
  { id: 'typescript', label: 'TypeScript', group: 'code' },
  { id: 'python', label: 'Python', group: 'code' },
  { id: 'css', label: 'CSS', group: 'code' },
] as const;

/** Characters of each sample of code, and of the visitor's text, at most: about as much as each language has. */
const MOST = 30_000;

/** The texts of `KINDS`. @param own the visitor's */
export async function realTexts(own: string): Promise<readonly string[]> {
  const [english, languages, typescript, code] = await Promise.all([
    news.find(({ id }) => id === 'news-eng')!.load(),
    packedText(() => import('./data/news.pack?url&inline')),
    packedText(() => import('./data/code.pack?url&inline')),
    packedText(() => import('./data/more-code.pack?url&inline')),
  ]);
  const texts: Readonly<Record<string, string>> = {
    yours: own,
    eng: english,
    typescript,
    ...(JSON.parse(languages) as Record<string, string>),
    ...(JSON.parse(code) as Record<string, string>),
  };
  return KINDS.map(({ id, group }) =>
    (group === 'other' ? texts[id]! : texts[id]!.slice(0, MOST)).toWellFormed(),
  );
}
