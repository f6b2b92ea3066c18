import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react';
import { type Piece, tokenPieces } from '../../../../core/text/display';
import { joinsAcross } from '../../../../core/text/joining';
import { decodeUtf8 } from '../../../../core/text/utf8';
import { cx } from '../../../../ui/cx';
import { TokenPieces } from '../../../../views/token-text/TokenPieces';
import styles from './CostText.module.css';

/** What is drawn of a text: units in rows of bytes, each with a colour. */
export interface CostTextProps {
  /** For screen readers: "Your text, token by token". */
  readonly label: string;
  readonly bytes: Uint8Array;
  /** The first byte of each unit, and one behind the last. */
  readonly starts: Uint32Array;
  /** The colour of each unit: -1 to 1, where a positive one is what costs. */
  readonly shares: Float32Array;
  /** The unit that is chosen, and what is said of it. */
  readonly chosen: number;
  readonly chosenName: string;
  readonly showWhitespace: boolean;
  readonly onChoose: (unit: number) => void;
  /** A unit that is pointed at; null for none. */
  readonly onPoint: (unit: number | null) => void;
}

/** Units that are drawn together, so that one more costs no more than these. */
const CHUNK = 256;

/** A line of the text, or a part of a long one. Each line has a direction of its own. */
interface Part {
  readonly from: number;
  readonly starts: Uint32Array;
  readonly shares: Float32Array;
}

function chunksOf(bytes: Uint8Array, starts: Uint32Array, shares: Float32Array): Part[] {
  const found: Part[] = [];
  for (let from = 0, to = 0; from < shares.length; from = to) {
    to = from + 1;
    while (to < shares.length && to - from < CHUNK && bytes[starts[to]! - 1] !== 0x0a) to++;
    found.push({ from, starts: starts.slice(from, to + 1), shares: shares.slice(from, to) });
  }
  return found;
}

/** A text whose parts are coloured by what they cost. The arrow keys go from part to part, and by lines. */
export function CostText(props: CostTextProps) {
  const { label, bytes, starts, shares, chosen, chosenName, showWhitespace, onChoose, onPoint } = props;
  const id = useId();
  const field = useRef<HTMLDivElement>(null);
  const count = starts.length - 1;
  const chunks = useMemo(() => chunksOf(bytes, starts, shares), [bytes, starts, shares]);

  useEffect(() => {
    const element = globalThis.document.getElementById(`${id}-${chosen}`);
    if (field.current?.contains(globalThis.document.activeElement))
      element?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);

  const unitOf = (event: PointerEvent | React.MouseEvent) => {
    const target = event.target instanceof Element ? event.target.closest('[data-unit]') : null;
    return target ? Number(target.getAttribute('data-unit')) : null;
  };
  const handleKey = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: chosen + 1,
      ArrowLeft: chosen - 1,
      ArrowDown: beside(bytes, starts, chosen, 1),
      ArrowUp: beside(bytes, starts, chosen, -1),
      PageDown: chosen + 50,
      PageUp: chosen - 50,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChoose(Math.min(count - 1, Math.max(0, to)));
  };
  return (
    <div
      ref={field}
      className={styles.text}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={count > 0 ? `${id}-${chosen}` : undefined}
      onKeyDown={handleKey}
      onClick={(event) => {
        const unit = unitOf(event);
        if (unit !== null) onChoose(unit);
      }}
      onPointerOver={(event) => event.pointerType === 'mouse' && onPoint(unitOf(event))}
      onPointerLeave={() => onPoint(null)}
    >
      {chunks.map((chunk) => (
        <Chunk
          key={chunk.from}
          id={id}
          bytes={bytes}
          chunk={chunk}
          chosen={isWithin(chosen, chunk) ? chosen : -1}
          chosenName={isWithin(chosen, chunk) ? chosenName : ''}
          showWhitespace={showWhitespace}
        />
      ))}
    </div>
  );
}

function isWithin(unit: number, { from, shares }: Part): boolean {
  return unit >= from && unit < from + shares.length;
}

interface ChunkProps {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly chunk: Part;
  readonly chosen: number;
  readonly chosenName: string;
  readonly showWhitespace: boolean;
}

const Chunk = memo(
  function Chunk({ id, bytes, chunk, chosen, chosenName, showWhitespace }: ChunkProps) {
    const cursive = cursiveTexts(bytes, chunk.starts);
    return (
      <div role="presentation" dir="auto" className={styles.line}>
        {Array.from(chunk.shares, (share, i) => {
          const unit = chunk.from + i;
          const [start, end] = [chunk.starts[i]!, chunk.starts[i + 1]!];
          const isChosen = unit === chosen;
          const pieces = tokenPieces(bytes, start, end);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the list, which names the active one
            <span
              key={unit}
              id={`${id}-${unit}`}
              role="option"
              aria-selected={isChosen}
              aria-label={isChosen ? chosenName : blankName(pieces)}
              data-unit={unit}
              data-side={share < 0 ? 'less' : undefined}
              className={cx(
                styles.unit,
                cursive && joinsAcross(cursive[i - 1] ?? '', cursive[i]!) && styles.joinsPrevious,
                cursive && joinsAcross(cursive[i]!, cursive[i + 1] ?? '') && styles.joinsNext,
              )}
              style={{ '--share': `${Math.round(100 * Math.min(1, Math.abs(share)))}%` } as CSSProperties}
            >
              <TokenPieces pieces={pieces} showWhitespace={showWhitespace} />
            </span>
          );
        })}
      </div>
    );
  },
  (before, now) =>
    before.bytes === now.bytes &&
    before.chosen === now.chosen &&
    before.chosenName === now.chosenName &&
    before.showWhitespace === now.showWhitespace &&
    same(before.chunk.starts, now.chunk.starts) &&
    same(before.chunk.shares, now.chunk.shares),
);

const BLANKS: Readonly<Record<string, string>> = { space: 'space', newline: 'line break', tab: 'tab' };

/** What a unit is called that draws nothing; undefined for others, which are their text. */
function blankName(pieces: readonly Piece[]): string | undefined {
  const names = pieces.map(({ kind }) => BLANKS[kind]);
  return names.every((name) => name !== undefined) ? names.join(', ') : undefined;
}

/** The text of each unit where a script joins its letters, else undefined. */
function cursiveTexts(bytes: Uint8Array, starts: Uint32Array): string[] | undefined {
  const text = decodeUtf8(bytes.subarray(starts[0], starts.at(-1)));
  if (!/[\u0600-\u08ff]/.test(text)) return undefined;
  return Array.from(starts.subarray(1), (end, i) => decodeUtf8(bytes.subarray(starts[i], end)));
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The unit at about the same place of the next line, or of the one before. */
function beside(bytes: Uint8Array, starts: Uint32Array, chosen: number, step: 1 | -1): number {
  const count = starts.length - 1;
  const at = starts[chosen] ?? 0;
  const begin = at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1;
  let target: number;
  if (step > 0) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0 || end + 1 >= starts[count]!) return count - 1;
    target = end + 1 + (at - begin);
    const next = bytes.indexOf(0x0a, end + 1);
    if (next >= 0) target = Math.min(target, next);
  } else {
    if (begin === 0) return 0;
    const before = begin === 1 ? 0 : bytes.lastIndexOf(0x0a, begin - 2) + 1;
    target = Math.min(before + (at - begin), begin - 1);
  }
  let unit = chosen;
  while (unit + 1 < count && starts[unit + 1]! <= target) unit++;
  while (unit > 0 && starts[unit]! > target) unit--;
  return unit === chosen ? chosen + step : unit;
}
