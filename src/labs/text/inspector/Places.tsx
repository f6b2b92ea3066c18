import { useMemo } from 'react';
import { Button } from '../../../ui/Button';
import { formatInteger } from '../../../ui/format';
import { Icon } from '../../../ui/Icon';
import { countOverlapping } from '../../../views/token-text/overlap';
import { useColumn, useColumns, useLab, useTokenizerLabel } from '../context';
import { placeOf, type TokenPlace } from '../token-focus';
import { occurrencesOf } from './occurrences';
import styles from './TokenInspector.module.css';

/** How often the token is in this text, and the way to the others. */
export function Occurrences({ place }: { readonly place: TokenPlace }) {
  const { focus } = useLab();
  const segmentation = useColumn(place.tokenizer)?.result?.segmentation;
  const ids = segmentation?.tokens.ids;
  const found = useMemo(() => (ids ? occurrencesOf(ids, place.index) : undefined), [ids, place.index]);
  if (!found || !segmentation) return null;
  const { count, ordinal, previous, next } = found;
  const goTo = (index: number) => focus.goTo(placeOf(place.tokenizer, place.document, segmentation, index));
  return (
    <div className={styles.occurrences}>
      <p role="status">
        {count === 1
          ? 'Only here.'
          : `${formatInteger(count)} times; this is number ${formatInteger(ordinal)}.`}
      </p>
      {count === 1 ? null : (
        <>
          <Button
            size="sm"
            icon={<Icon name="left" />}
            disabled={previous < 0}
            onClick={() => goTo(previous)}
          >
            Previous
          </Button>
          <Button size="sm" icon={<Icon name="right" />} disabled={next < 0} onClick={() => goTo(next)}>
            Next
          </Button>
        </>
      )}
    </div>
  );
}

/** How many tokens the other columns spend on the same bytes. */
export function SameBytes({ place }: { readonly place: TokenPlace }) {
  const labelOf = useTokenizerLabel();
  const others = useColumns().flatMap(({ id, result }) => {
    if (id === place.tokenizer || result?.document !== place.document) return [];
    return [{ id, count: countOverlapping(result.segmentation.tokens, place.start, place.end) }];
  });
  if (others.length === 0 || place.start === place.end) return null;
  return (
    <section>
      <h3>The same bytes in other columns</h3>
      <dl className={styles.others}>
        {others.map(({ id, count }) => (
          <div key={id}>
            <dt>{labelOf(id)}</dt>
            <dd>
              {formatInteger(count)} {count === 1 ? 'token' : 'tokens'}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
