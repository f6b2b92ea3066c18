import { tokenPieces } from '../../../../core/text/display';
import { decodeUtf8 } from '../../../../core/text/utf8';
import { ALTERNATIVES } from '../../../../engine/lm/read-tokens';
import { formatInteger, formatSignificant } from '../../../../ui/format';
import { BarChart } from '../../../../views/plot/BarChart';
import { TokenPieces } from '../../../../views/token-text/TokenPieces';
import styles from './Model.module.css';
import { ordinal, percent } from './names';
import type { Reading } from './reading';

export interface DetailProps {
  readonly reading: Reading;
  /** The first part of the unit that is looked at, and one behind its last. */
  readonly first: number;
  readonly end: number;
  /** What may stand at each place: "2,048 tokens", "256 bytes". */
  readonly choices: string;
  /** "token" or "byte". */
  readonly unit: string;
  /** The bytes of a token; undefined until they are known. */
  readonly spell: ((id: number) => Uint8Array) | undefined;
  /** What the same bytes cost another model, in bits. */
  readonly other: { readonly name: string; readonly bits: number } | undefined;
}

/** What the model expected at a place, and what came. */
export function Detail({ reading, first, end, choices, unit, spell, other }: DetailProps) {
  const { bytes, starts, bits, ranks } = reading;
  let dearest = first;
  for (let i = first; i < end; i++) if (bits[i]! > bits[dearest]!) dearest = i;
  const total = bits.subarray(first, end).reduce((sum, each) => sum + each, 0);
  const [from, to] = [starts[first]!, starts[end]!];
  const parts = end - first;
  return (
    <aside className={styles.detail} aria-label="At this place">
      <p className={styles.glyph}>
        <TokenPieces pieces={tokenPieces(bytes, from, to)} showWhitespace />
      </p>
      <dl className={styles.facts}>
        <div>
          <dt>costs</dt>
          <dd>{formatSignificant(total)} bits</dd>
        </div>
        {parts === 1 ? (
          <>
            <div>
              <dt>probability</dt>
              <dd>{percent(2 ** -bits[first]!)}</dd>
            </div>
            <div>
              <dt>likeliest of {choices}</dt>
              <dd>{ordinal(ranks[first]!)}</dd>
            </div>
          </>
        ) : (
          <div>
            <dt>{unit}s of this character</dt>
            <dd>{Array.from(bits.subarray(first, end), (each) => formatSignificant(each)).join(' + ')}</dd>
          </div>
        )}
        {other ? (
          <div>
            <dt>{other.name}</dt>
            <dd>{formatSignificant(other.bits)} bits</dd>
          </div>
        ) : null}
        <div>
          <dt>{to - from === 1 ? 'byte' : 'bytes'}</dt>
          <dd>
            {formatInteger(from)}
            {to - from === 1 ? '' : ` to ${formatInteger(to - 1)}`}
          </dd>
        </div>
      </dl>
      {spell ? (
        <>
          <p className={styles.caption}>
            {parts === 1 ? 'Expected here' : `Expected at the dearest ${unit} of it`}
          </p>
          <BarChart
            label="The likeliest here"
            isVerbatim
            most={1}
            format={percent}
            bars={barsAt(reading, dearest, spell)}
          />
        </>
      ) : null}
    </aside>
  );
}

function barsAt(reading: Reading, at: number, spell: (id: number) => Uint8Array) {
  const { best, chances, bytes, starts, bits, ranks } = reading;
  const own = bytes.subarray(starts[at], starts[at + 1]);
  const first = at * ALTERNATIVES;
  const rank = ranks[at]!;
  const bars = Array.from({ length: ALTERNATIVES }, (_, i) => ({
    id: String(i),
    label: visible(spell(best[first + i]!)),
    value: chances[first + i]!,
    isChosen: i === rank,
  }));
  if (rank < ALTERNATIVES) return bars;
  return [
    ...bars,
    { id: 'own', label: visible(own), value: 2 ** -bits[at]!, note: ordinal(rank), isChosen: true },
  ];
}

/** A token on one line: white space as signs, bytes of a divided character in hex. */
function visible(token: Uint8Array): string {
  if (token.length === 0) return '(end)';
  return tokenPieces(token, 0, token.length)
    .map((piece) =>
      piece.kind === 'text' ? piece.text : piece.kind === 'bytes' ? `⟨${piece.hex.join(' ')}⟩` : piece.symbol,
    )
    .join('');
}

/** What is said of a place: “the”, 2.1 bits, 23 %, 2nd likeliest. */
export function nameOfUnit(reading: Reading, first: number, end: number): string {
  const { bytes, starts, bits, ranks } = reading;
  const [from, to] = [starts[first]!, starts[end]!];
  const text = decodeUtf8(bytes.subarray(from, to));
  const total = bits.subarray(first, end).reduce((sum, each) => sum + each, 0);
  const shown = { ' ': 'space', '\n': 'line break', '\t': 'tab' }[text] ?? `“${text}”`;
  const more = end - first === 1 ? `, ${percent(2 ** -total)}, ${ordinal(ranks[first]!)} likeliest` : '';
  return `${shown}, ${formatSignificant(total)} bits${more}`;
}
