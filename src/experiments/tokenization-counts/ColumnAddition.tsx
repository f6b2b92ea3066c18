import { assignHues } from '../../core/hues';
import { cx } from '../../ui/cx';
import rows from '../../views/token-text/TokenRow.module.css';
import type { Alignment } from './alignment';
import styles from './ColumnAddition.module.css';
import { type Grouping, group, type Reading, type Separator } from './grouping';
import type { Sum } from './sums';

export interface ColumnAdditionProps {
  readonly sum: Sum;
  readonly reading: Reading;
  readonly alignment: Alignment;
  readonly grouping: Grouping;
  readonly separator: Separator;
}

/** A sum as on paper, one column a place, with the tokens of its numbers as boxes and a mark under each column. */
export function ColumnAddition({ sum, reading, alignment, grouping, separator }: ColumnAdditionProps) {
  const { operands, result, carries } = sum;
  const numbers = [...operands, result];
  const width = Math.max(...numbers.map(({ length }) => length));
  const columnOf = (place: number) => width + 1 - place;
  const texts = reading.chunks.map((chunks, i) => cut(numbers[i]!, chunks));
  const hues = huesOf(texts);
  const lines = texts.map((tokens, i) => ({
    row: i + 2,
    tokens,
    sign: i === 0 ? '' : i < operands.length ? '+' : '=',
    ends: groupEnds(numbers[i]!, grouping, separator),
  }));
  return (
    <div
      className={styles.sum}
      style={{ gridTemplateColumns: `20px repeat(${width}, minmax(0, 36px))` }}
      role="img"
      aria-label={spoken(texts, alignment)}
    >
      {carries.map((carry, place) =>
        carry === 0 ? null : (
          <span
            key={columnOf(place)}
            className={styles.carry}
            style={{ gridColumn: columnOf(place), gridRow: 1 }}
          >
            {carry}
          </span>
        ),
      )}
      {lines.map(({ row, ...line }) => (
        <Line key={row} row={row} width={width} hues={hues} {...line} />
      ))}
      {alignment.places.map((isSame, place) => (
        <span
          key={columnOf(place)}
          className={styles.mark}
          data-same={isSame}
          style={{ gridRow: numbers.length + 2, gridColumn: columnOf(place) }}
        >
          {isSame === undefined ? '·' : isSame ? '✓' : '≠'}
        </span>
      ))}
    </div>
  );
}

interface LineProps {
  /** Of the grid. */
  readonly row: number;
  /** Columns of digits; the sign's is before them. */
  readonly width: number;
  readonly sign: string;
  /** Digits of each token, left to right. */
  readonly tokens: readonly string[];
  readonly hues: ReadonlyMap<string, number>;
  /** What is written behind the digit of 10^p. */
  readonly ends: ReadonlyMap<number, string>;
}

/** A number: its sign and its tokens. */
function Line({ row, width, sign, tokens, hues, ends }: LineProps) {
  let place = tokens.reduce((sum, { length }) => sum + length, 0);
  return (
    <>
      <span className={styles.sign} style={{ gridRow: row }}>
        {sign}
      </span>
      {tokens.map((digits) => {
        const start = place;
        place -= digits.length;
        return (
          <span
            key={start}
            className={cx(styles.token, rows[`hue${hues.get(digits)}`], sign === '=' && styles.result)}
            style={{
              gridRow: row,
              gridColumn: `${width + 2 - start} / span ${digits.length}`,
              gridTemplateColumns: `repeat(${digits.length}, 1fr)`,
            }}
          >
            {[...digits].map((digit, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a digit is its place
              <span key={at} className={styles.digit} data-separator={ends.get(start - 1 - at)}>
                {digit}
              </span>
            ))}
          </span>
        );
      })}
    </>
  );
}

function cut(digits: string, sizes: readonly number[]): string[] {
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return digits.slice(at - size, at);
  });
}

/** The place of 10^p whose digit ends a group that is not the last one, and what is written behind it. */
function groupEnds(digits: string, grouping: Grouping, separator: Separator): Map<number, string> {
  const ends = new Map<number, string>();
  let place = digits.length;
  for (const letter of group(digits, grouping, separator)) {
    if (letter === ',' || letter === ' ') ends.set(place, letter === ',' ? ',' : '␣');
    else place--;
  }
  return ends;
}

/** A fill for every token: the same digits have the same one. */
function huesOf(numbers: readonly (readonly string[])[]): Map<string, number> {
  const all = numbers.flat();
  const names = [...new Set(all)];
  const hues = assignHues(all.map((digits) => names.indexOf(digits)));
  return new Map(all.map((digits, i) => [digits, hues[i]!]));
}

function spoken(texts: readonly (readonly string[])[], { places }: Alignment): string {
  const [operands, result] = [texts.slice(0, -1), texts.at(-1)!];
  const compared = places.filter((place) => place !== undefined);
  return (
    `${operands.map((tokens) => tokens.join(' ')).join(' plus ')} is ${result.join(' ')}, token by token; ` +
    `${compared.filter(Boolean).length} of ${compared.length} digits line up.`
  );
}
