import { InlineTokens } from '../../views/token-text/InlineTokens';
import { inline } from './characters';
import type { Cut } from './cut';
import { percent } from './NextCharacters';
import styles from './View.module.css';

/** The tokens that may cover the end of the prompt, and how likely each is. */
export function Covers({ cut }: { readonly cut: Cut }) {
  const rows = cut.covers.map(({ before, last, read, probability }) => ({
    key: `${before.map(String).join('|')}|${last}`,
    tokens: [
      ...inline([...before, last]).map((token, i) =>
        i < before.length
          ? token
          : {
              ...token,
              emphasis: 'strong' as const,
              note: `${read} of ${last.length} bytes are in the prompt`,
            },
      ),
    ],
    probability,
  }));
  return (
    <ol className={styles.covers} aria-label="The likeliest covers">
      {rows.map(({ key, tokens, probability }) => (
        <li key={key}>
          <InlineTokens label="Cover" tokens={tokens} />
          <span className={styles.share}>{percent(probability)}</span>
        </li>
      ))}
      <li>
        <span className={styles.fresh}>the tokens of the prompt, and a new token begins</span>
        <span className={styles.share}>{percent(cut.fresh)}</span>
      </li>
    </ol>
  );
}
