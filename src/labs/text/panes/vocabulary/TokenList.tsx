import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { tokenPieces } from '../../../../core/text/display';
import type { ListedToken } from '../../../../engine/text/vocabulary.api';
import { cx } from '../../../../ui/cx';
import { formatInteger } from '../../../../ui/format';
import { contentHeight } from '../../../../views/token-text/row-window';
import { tokenName } from '../../../../views/token-text/token-name';
import { useRowWindow } from '../../../../views/token-text/use-row-window';
import { useMedia } from '../../use-media';
import { Spelling } from './Spelling';
import styles from './Vocabulary.module.css';
import { KIND_WORDS, originMark } from './words';

const ROW = 28;
const ROW_TOUCH = 44;

export interface TokenListProps {
  readonly label: string;
  readonly total: number;
  /** The row at a place; undefined until it has arrived. */
  readonly rowAt: (place: number) => ListedToken | undefined;
  /** Told which rows are in view. */
  readonly onView: (first: number, last: number) => void;
  /** The token whose card is open. */
  readonly open: number;
  readonly onOpen: (id: number) => void;
  /** Whether there is another vocabulary, whose ids have a column. */
  readonly other: string | undefined;
  /** What the list is of: where it changes, the list begins at its top. */
  readonly sheet: string;
}

/** A list of any number of tokens, of which those in view exist. Arrow keys move through it. */
export function TokenList({ label, total, rowAt, onView, open, onOpen, other, sheet }: TokenListProps) {
  const viewport = useRef<HTMLDivElement>(null);
  const isTouch = useMedia('(pointer: coarse)');
  const rowHeight = isTouch ? ROW_TOUCH : ROW;
  const { window, onScroll, reveal, scrollToRow } = useRowWindow(viewport, total, rowHeight);
  const base = useId();
  const active = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it is another list
  useEffect(() => {
    scrollToRow(0);
    active.current = 0;
  }, [sheet]);
  useEffect(() => onView(window.first, window.last), [onView, window.first, window.last]);

  const handleKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((viewport.current?.clientHeight ?? 0) / rowHeight) - 1);
    const at = active.current;
    const next = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: total - 1,
    }[event.key];
    if (next === undefined || total === 0) return;
    event.preventDefault();
    active.current = Math.min(total - 1, Math.max(0, next));
    reveal(active.current);
    const token = rowAt(active.current);
    if (token) onOpen(token.id);
  };

  const rows = [];
  let isOpenDrawn = false;
  for (let place = window.first; place < window.last; place++) {
    const token = rowAt(place);
    if (token?.id === open) isOpenDrawn = true;
    rows.push(
      token ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles keys
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active option
        <div
          key={place}
          id={`${base}-${token.id}`}
          role="option"
          aria-selected={token.id === open}
          aria-setsize={total}
          aria-posinset={place + 1}
          aria-label={nameOf(token)}
          className={cx(styles.row, token.id === open && styles.openRow)}
          onClick={() => {
            active.current = place;
            onOpen(token.id);
          }}
        >
          <span className={styles.id}>{token.id}</span>
          <span className={styles.text}>
            <Spelling bytes={token.bytes} name={token.name} />
            <Marks token={token} />
          </span>
          <span className={styles.count}>{token.bytes.length}</span>
          <span className={styles.script}>{token.script}</span>
          {other === undefined ? null : <span className={styles.count}>{token.counterpart ?? '–'}</span>}
        </div>
      ) : (
        <div key={place} className={styles.row} role="presentation">
          <span className={styles.id}>…</span>
        </div>
      ),
    );
  }
  return (
    <div className={styles.listing} data-other={other !== undefined}>
      <div className={cx(styles.row, styles.head)} aria-hidden="true">
        <span className={styles.id}>id</span>
        <span>token</span>
        <span className={styles.count}>bytes</span>
        <span className={styles.script}>script</span>
        {other === undefined ? null : (
          <span className={styles.count} title={`id in ${other}`}>
            {other}
          </span>
        )}
      </div>
      <div ref={viewport} className={styles.viewport} onScroll={onScroll}>
        <div
          role="listbox"
          aria-label={`${label}, ${formatInteger(total)}`}
          tabIndex={0}
          aria-activedescendant={isOpenDrawn ? `${base}-${open}` : undefined}
          className={styles.list}
          style={{ height: contentHeight(total, rowHeight) }}
          onKeyDown={handleKey}
        >
          <div
            role="presentation"
            style={
              { transform: `translateY(${window.top}px)`, '--row': `${rowHeight}px` } as React.CSSProperties
            }
          >
            {rows}
          </div>
        </div>
      </div>
    </div>
  );
}

/** What cannot be seen in a token's text. */
function Marks({ token }: { readonly token: ListedToken }) {
  const marks = token.kinds
    .filter((kind) => kind !== 'added' || !token.kinds.includes('special'))
    .map((kind) => KIND_WORDS[kind].mark);
  if (token.group !== undefined) marks.push(`${formatInteger(token.group)} alike`);
  if (token.origin) marks.push(originMark(token.origin));
  return marks
    .filter((mark) => mark !== '')
    .map((mark) => (
      <span key={mark} className={styles.mark}>
        {mark}
      </span>
    ));
}

function nameOf(token: ListedToken): string {
  const { bytes, kinds, script, origin, counterpart, group } = token;
  const words = [
    tokenName(tokenPieces(bytes, 0, bytes.length), token.id),
    bytes.length === 1 ? '1 byte' : `${bytes.length} bytes`,
    script,
    ...kinds.map((kind) => KIND_WORDS[kind].mark),
    group === undefined ? '' : `${group} alike`,
    origin ? originMark(origin) : '',
    counterpart === undefined ? '' : `other id ${counterpart}`,
  ];
  return words.filter((word) => word !== '').join(', ');
}
