import type { TokenVariant } from '../../../core/text/token-explanation';
import { cx } from '../../../ui/cx';
import { NameChip } from './NameChip';
import styles from './TokenInspector.module.css';

/** The token's text written otherwise, and what this tokenizer makes of it inside a text. */
export function Variants({
  id,
  variants,
}: {
  readonly id: number;
  readonly variants: readonly TokenVariant[];
}) {
  if (variants.length === 0) return <p>It is no word of its own, so there are no other ways to write it.</p>;
  return (
    <table className={styles.variants}>
      <thead>
        <tr>
          <th scope="col">Text</th>
          <th scope="col">Tokens</th>
          <th scope="col">Ids</th>
        </tr>
      </thead>
      <tbody>
        {variants.map(({ text, tokens }) => (
          <tr key={text} className={cx(tokens.length === 1 && tokens[0]!.id === id && styles.used)}>
            <th scope="row" dir="auto">
              {text.replaceAll(' ', '·')}
            </th>
            <td>
              <span className={styles.chips}>
                {tokens.map(({ name }, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one text never move
                  <NameChip key={i} name={name} />
                ))}
              </span>
            </td>
            <td className={styles.ids}>{tokens.map((token) => token.id).join(' ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
