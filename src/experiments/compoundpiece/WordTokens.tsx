import { tokenPieces } from '../../core/text/display';
import { encodeUtf8 } from '../../core/text/utf8';
import { TokenPieces } from '../../views/token-text/TokenPieces';
import type { SplitWord } from './experiment';
import styles from './WordTokens.module.css';

export interface WordTokensProps {
  readonly label: string;
  readonly words: readonly SplitWord[];
  readonly merges: number;
}

/** Words as tokens: above by plain BPE, below split first. A seam is where parts meet; one within a token is hard. */
export function WordTokens({ label, words, merges }: WordTokensProps) {
  return (
    <div>
      <p className={styles.legend}>
        Above: plain BPE. Below: split, then BPE learned from split words. <i className={styles.seam} /> is
        where parts meet; a token that crosses it is underlined.
      </p>
      <ul className={styles.words} aria-label={label}>
        {words.map(({ word, gold, crossed }) => (
          <li key={word} className={styles.word}>
            <Row word={word} gold={gold} ranks={crossed.plain} merges={merges} />
            <Row word={word} gold={gold} ranks={crossed.split} merges={merges} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RowProps {
  readonly word: string;
  readonly gold: readonly number[] | undefined;
  readonly ranks: Uint32Array;
  readonly merges: number;
}

function Row({ word, gold = [], ranks, merges }: RowProps) {
  const bytes = encodeUtf8(word);
  const seams = new Set(gold.map((cut) => encodeUtf8(word.slice(0, cut)).length));
  const ends = [...Array.from(ranks.keys()).filter((i) => ranks[i]! >= merges), bytes.length - 1].map(
    (i) => i + 1,
  );
  return (
    <span className={styles.row}>
      {ends.map((to, i) => {
        const from = ends[i - 1] ?? 0;
        const inside = [...seams].filter((seam) => seam > from && seam < to);
        const parts = [from, ...inside, to];
        return (
          <span
            key={to}
            className={styles.token}
            data-hard={inside.length > 0 || undefined}
            title={inside.length > 0 ? 'hard: parts meet inside this token' : undefined}
          >
            {parts.slice(1).map((end, j) => (
              <span key={end}>
                {j > 0 ? <i className={styles.seam} /> : null}
                <TokenPieces pieces={tokenPieces(bytes, parts[j]!, end)} showWhitespace={false} />
              </span>
            ))}
            {inside.length > 0 ? <span className="visually-hidden"> (hard) </span> : null}
            {seams.has(to) ? <i className={styles.seam} data-between /> : null}
          </span>
        );
      })}
    </span>
  );
}
