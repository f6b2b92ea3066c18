import { type CSSProperties, useId, useState } from 'react';
import { Button } from '../../../ui/Button';
import { cx } from '../../../ui/cx';
import { Select } from '../../../ui/Select';
import { useByAgreement } from '../agreement';
import { useColumnTokenizers, useTextState } from '../context';
import { unbroken } from '../unbroken';
import { useMedia } from '../use-media';
import { usePaneSettings } from '../use-pane-settings';
import { AgreementLegend } from './AgreementLegend';
import { QUANTITIES, type Quantity, rank } from './ranking';
import styles from './Strip.module.css';
import { StripRow } from './StripRow';
import { stripDefaults, stripSettings } from './settings';
import { useContenders } from './use-contenders';
import { headline, isWaiting, QUANTITY_WORDS } from './words';

/** On a phone as many rows are shown at first, so that the tokens stay in sight. */
const FEW = 5;

const OPTIONS = QUANTITIES.map((id) => ({ id, name: QUANTITY_WORDS[id].name }));

/** Every tokenizer of the columns as a bar: which needs the fewest tokens for this text, and how many more the others. */
export function Strip() {
  const [byAgreement] = useByAgreement();
  const [settings, set] = usePaneSettings('strip', stripSettings, stripDefaults);
  const { quantity, reference: chosen, prices } = settings;
  const entries = useColumnTokenizers();
  const isEmpty = useTextState((state) => state.document.bytes.length === 0);
  const { contenders, isStale } = useContenders();
  const isNarrow = useMedia('(max-width: 720px)');
  const [showAll, setShowAll] = useState(false);
  const selectId = useId();

  const ranking = rank(contenders, quantity, chosen, prices);
  const labelOf = (id: string) => entries.find((entry) => entry.id === id)?.label ?? id;
  const all = [...ranking.ranked, ...ranking.unranked];
  const isCut = isNarrow && !showAll && all.length > FEW;
  const shown = isCut ? all.slice(0, FEW - 1) : all;
  const setPrice = (id: string, price: number | undefined) => {
    const { [id]: _, ...others } = prices;
    set({ prices: price === undefined ? others : { ...others, [id]: price } });
  };
  const isOpen = isWaiting(ranking.unranked);
  const reference = ranking.ranked.find(({ id }) => id === ranking.reference);
  return (
    <>
      <div className={cx(styles.strip, isStale && styles.stale)} data-quantity={quantity}>
        <div className={styles.head}>
          <div className={styles.choice}>
            <label htmlFor={selectId}>Compare by</label>
            <Select
              id={selectId}
              value={quantity}
              options={OPTIONS}
              onChange={(id) => set({ quantity: id as Quantity })}
            />
          </div>
          <p className={styles.headline}>
            {headline(ranking, quantity, (id) => unbroken(labelOf(id)), isEmpty)}
          </p>
          {quantity === 'price' ? (
            <p className={styles.note}>Yours to set: US dollars for 1M tokens.</p>
          ) : null}
        </div>
        <ol
          className={styles.rows}
          style={{ '--reference': all.length > 1 ? (reference?.share ?? 0) : 0 } as CSSProperties}
        >
          {shown.map((row) => (
            <StripRow
              key={row.id}
              row={isOpen && 'isBest' in row ? { ...row, isBest: false } : row}
              label={labelOf(row.id)}
              quantity={quantity}
              segmentation={contenders.find(({ id }) => id === row.id)?.segmentation}
              reference={ranking.reference === undefined ? undefined : labelOf(ranking.reference)}
              isReference={row.id === ranking.reference}
              isChosen={row.id === chosen && row.id === ranking.reference}
              price={prices[row.id]}
              onChoose={() => set({ reference: row.id === chosen ? '' : row.id })}
              onPrice={(price) => setPrice(row.id, price)}
            />
          ))}
        </ol>
        {isNarrow && all.length > FEW ? (
          <Button variant="quiet" size="sm" className={styles.more} onClick={() => setShowAll(!showAll)}>
            {isCut ? `Show all ${all.length}` : 'Show fewer'}
          </Button>
        ) : null}
      </div>
      {byAgreement ? <AgreementLegend /> : null}
    </>
  );
}
