import { formatInteger, formatSignificant } from '../../ui/format';
import { More } from '../../views/experiment/More';
import found from '../../views/experiment/pieces.module.css';
import type { Learned } from './learn';
import type { Measured } from './measure';
import styles from './View.module.css';

interface SuperwordsProps {
  readonly here: Learned | undefined;
  readonly published: Measured | undefined;
}

/** The superwords of the text, folded away. */
export function Superwords({ here, published }: SuperwordsProps) {
  return (
    <More summary="The tokens of several words in this text">
      <div className={styles.lists}>
        {here ? <Found title="Learned here" measured={here.seen} /> : null}
        {published ? <Found title="SuperBPE 200k" measured={published} /> : null}
      </div>
    </More>
  );
}

function Found({ title, measured }: { readonly title: string; readonly measured: Measured }) {
  const { examples, superwords, tokens } = measured;
  return (
    <section>
      <h3>
        {title}: {formatInteger(superwords)} of {formatInteger(tokens)} tokens
        {tokens > 0 ? ` (${formatSignificant((100 * superwords) / tokens)} %)` : ''}
      </h3>
      {examples.length > 0 ? (
        <ul className={found.list}>
          {examples.map(({ text, count }) => (
            <li key={text}>
              <code>{text.replaceAll('\n', '⏎').replace(/^ | $/g, '␣')}</code>
              <span>{formatInteger(count)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className={found.why}>None.</p>
      )}
    </section>
  );
}
