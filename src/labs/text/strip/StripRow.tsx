import type { Segmentation } from '../../../engine/text/text.api';
import { cx } from '../../../ui/cx';
import { formatInteger, formatSignificant } from '../../../ui/format';
import { lossText } from '../../../views/token-text/loss';
import { PriceField } from './PriceField';
import { formatChange, formatPrice, type Quantity, type Ranked, type Unranked } from './ranking';
import styles from './Strip.module.css';
import { QUANTITY_WORDS } from './words';

export interface StripRowProps {
  readonly row: Ranked | Unranked;
  /** The tokenizer's name. */
  readonly label: string;
  readonly quantity: Quantity;
  /** Undefined while there is none. */
  readonly segmentation: Segmentation | undefined;
  /** What the reference is called. */
  readonly reference: string | undefined;
  readonly isReference: boolean;
  /** Whether somebody has made it the reference. */
  readonly isChosen: boolean;
  readonly price: number | undefined;
  readonly onChoose: () => void;
  readonly onPrice: (price: number | undefined) => void;
}

/** One tokenizer of the comparison. */
export function StripRow(props: StripRowProps) {
  const { row, label, quantity, price, onPrice } = props;
  return (
    <li className={styles.row}>
      {'reason' in row ? <Aside {...props} row={row} /> : <Bar {...props} row={row} />}
      {quantity === 'price' ? <PriceField label={label} price={price} onPrice={onPrice} /> : null}
    </li>
  );
}

function Bar({
  row,
  label,
  quantity,
  reference,
  isReference,
  isChosen,
  onChoose,
}: StripRowProps & { readonly row: Ranked }) {
  const { best, unit } = QUANTITY_WORDS[quantity];
  const says = [
    isChosen ? 'reference' : row.change === undefined ? '' : formatChange(row.change),
    row.isBest ? best : '',
  ].filter((word) => word !== '');
  return (
    <button
      type="button"
      className={cx(styles.face, row.isBest && styles.best, isReference && styles.reference)}
      aria-pressed={isChosen}
      title={
        isChosen
          ? 'Click to compare with the best again'
          : `Click to compare the others with ${label}${reference && !isReference ? ` instead of ${reference}` : ''}`
      }
      onClick={onChoose}
    >
      <span className={styles.label}>{label}</span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.bar} style={{ inlineSize: `${row.share * 100}%` }} />
      </span>
      <span className={styles.value}>
        {shown(row.value, quantity)} <small>{row.value === 1 && unit === 'tokens' ? 'token' : unit}</small>
      </span>
      <span className={styles.change}>{says.join(' · ')}</span>
    </button>
  );
}

/** A tokenizer without a place: what keeps it out, and how many tokens it has. */
function Aside({ row, label, segmentation }: StripRowProps & { readonly row: Unranked }) {
  const tokens = segmentation?.tokens.ids.length;
  const count = tokens === undefined ? '' : `${formatInteger(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`;
  return (
    <div className={styles.face}>
      <span className={styles.label}>{label}</span>
      <span className={cx(styles.aside, row.reason === 'lossy' && styles.lossy)}>
        {row.reason === 'lossy' && segmentation ? (
          <span title="Not compared: what is lost costs no tokens.">{lossText(segmentation)}</span>
        ) : row.reason === 'no price' ? (
          count
        ) : (
          REASONS[row.reason]
        )}
      </span>
    </div>
  );
}

const REASONS: Readonly<Record<Exclude<Unranked['reason'], 'no price'>, string>> = {
  lossy: 'loses part of the text',
  waiting: 'tokenizing …',
  failed: 'not tokenized',
  'no value': 'nothing to count',
};

function shown(value: number, quantity: Quantity): string {
  if (quantity === 'price') return formatPrice(value);
  return quantity === 'tokens' || value >= 1000 ? formatInteger(value) : formatSignificant(value);
}
