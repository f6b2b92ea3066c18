import type { VocabularyComparison } from '../../../../tokenizers/vocabulary-listing';
import { formatInteger } from '../../../../ui/format';
import styles from './Differ.module.css';
import { visible } from './visible';

export interface VocabularyFactsProps {
  readonly vocabulary: VocabularyComparison;
  readonly first: string;
  readonly second: string;
}

/** Whether two vocabularies give equal ids to equal tokens. */
export function VocabularyFacts({ vocabulary, first, second }: VocabularyFactsProps) {
  const { same, moved, onlyFirst, onlySecond, examples } = vocabulary;
  const isSame = moved + onlyFirst + onlySecond === 0;
  return (
    <section className={styles.vocabulary} aria-label="Vocabularies">
      <h2 className={styles.name}>Vocabularies</h2>
      {isSame ? (
        <p>All {formatInteger(same)} tokens are the same, under the same ids.</p>
      ) : (
        <>
          <dl className={styles.facts}>
            <Fact name="same id, same token" value={same} />
            <Fact name="same token, other id" value={moved} />
            <Fact name={`only in ${first}`} value={onlyFirst} />
            <Fact name={`only in ${second}`} value={onlySecond} />
          </dl>
          {/* Of two models, examples say little. */}
          {same > moved ? (
            <p className={styles.examples}>
              {examples.map(({ bytes, first: one, second: other }) => (
                <span key={`${one} ${other}`}>
                  <code>{visible(new TextDecoder().decode(bytes), 24)}</code> {one ?? '–'} / {other ?? '–'}
                </span>
              ))}
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatInteger(value)}</dd>
    </div>
  );
}
