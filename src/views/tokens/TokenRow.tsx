import { type KeyboardEvent, memo, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { cx } from '../../ui/cx';
import type { Signal } from '../signal';
import styles from './TokenRow.module.css';

export interface TokenRowProps {
  /** Null while there is none. */
  readonly ids: Uint32Array | null;
  /** How many are kept. Followed without a React render. */
  readonly kept: Pick<Signal<number>, 'get' | 'subscribe'>;
  /** The token (from 0) that is pointed at. */
  readonly inspected: Signal<number | null>;
  /** The token that stays pointed at until it is released. */
  readonly held: Signal<number | null>;
  /** How much each token changes, 0..1, NaN where unknown; null where there is no such thing. */
  readonly energy: Float32Array | null;
  /** The ids to read, instead of a cell for each. */
  readonly showIds: boolean;
}

/** All tokens in order, each with the colour of what it changes: to point at, and to hold with a click or Enter. */
export function TokenRow({ ids, kept, inspected, held, energy, showIds }: TokenRowProps) {
  const list = useRef<HTMLDivElement>(null);
  useKept(list, kept, ids, showIds);
  useLines(list, ids?.length ?? 0, showIds);
  useMark(list, inspected, 'aria-selected', ids, showIds);
  useMark(list, held, 'data-held', ids, showIds);
  useLayoutEffect(() => {
    const cells = list.current?.children ?? [];
    for (const [i, cell] of [...cells].entries()) {
      const value = energy?.[i] ?? Number.NaN;
      const { style } = cell as HTMLElement;
      if (Number.isNaN(value)) style.removeProperty('--energy');
      else style.setProperty('--energy', `${(value * 100).toFixed(1)}%`);
    }
    // The cells are made anew with the ids and with the way they are shown.
    void [ids, showIds];
  }, [energy, ids, showIds]);

  if (!ids) return <div className={styles.placeholder} />;
  const onKeyDown = (event: KeyboardEvent) => {
    const at = inspected.get() ?? held.get() ?? kept.get() - 1;
    const line = Number(list.current?.dataset.line ?? 1);
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + line,
      ArrowUp: at - line,
      Home: 0,
      End: ids.length - 1,
    }[event.key];
    if (event.key === 'Enter' || event.key === ' ') held.set(held.get() === at ? null : at);
    else if (event.key === 'Escape' && held.get() !== null) held.set(null);
    else if (to === undefined) return;
    event.preventDefault();
    if (to === undefined) return;
    const next = Math.min(ids.length - 1, Math.max(0, to));
    inspected.set(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Token ids"
      aria-orientation="horizontal"
      tabIndex={0}
      className={cx(showIds ? styles.ids : styles.cells)}
      onKeyDown={onKeyDown}
      onPointerOver={(event) => event.pointerType === 'mouse' && inspected.set(indexOf(event.target))}
      onPointerLeave={() => inspected.set(null)}
      onClick={(event) => {
        const index = indexOf(event.target);
        if (index !== null) held.set(held.get() === index ? null : index);
      }}
      onBlur={() => inspected.set(null)}
    >
      <Cells ids={ids} showIds={showIds} />
    </div>
  );
}

const Cells = memo(function Cells({ ids, showIds }: Pick<TokenRowProps, 'showIds'> & { ids: Uint32Array }) {
  return Array.from(ids, (id, i) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: a token is its position
      key={i}
      id={`token-${i}`}
      role="option"
      tabIndex={-1}
      aria-selected="false"
      aria-label={`Token ${i + 1}: ${id}`}
      data-index={i}
      className={styles.cell}
    >
      {showIds ? id : null}
    </span>
  ));
});

function indexOf(target: EventTarget): number | null {
  const { index } = (target as HTMLElement).dataset;
  return index === undefined ? null : Number(index);
}

/** Marks the kept cells; a step touches only those between the old border and the new one. */
function useKept(
  list: RefObject<HTMLElement | null>,
  kept: TokenRowProps['kept'],
  ...again: readonly unknown[]
): void {
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const cells = box.children;
    let before = 0;
    const follow = () => {
      const k = kept.get();
      for (let i = Math.min(before, k); i < Math.max(before, k); i++) {
        (cells[i] as HTMLElement | undefined)?.toggleAttribute('data-kept', i < k);
      }
      cells[before - 1]?.removeAttribute('data-last');
      cells[k - 1]?.setAttribute('data-last', '');
      before = k;
    };
    for (const cell of cells) cell.removeAttribute('data-kept');
    follow();
    return kept.subscribe(follow);
  }, [list, kept, ...again]);
}

/** The narrowest cell, in pixels: for a mouse, and for a finger. */
const NARROWEST = { fine: 5, coarse: 10 };

/** Breaks the cells into lines of equal length: all of them, half, a quarter, ... */
function useLines(list: RefObject<HTMLElement | null>, count: number, showIds: boolean): void {
  useLayoutEffect(() => {
    const box = list.current;
    if (!box || count === 0) return;
    const measure = () => {
      const least = matchMedia('(pointer: coarse)').matches ? NARROWEST.coarse : NARROWEST.fine;
      let line = count;
      while (line > 8 && box.clientWidth / line < least) line = Math.ceil(line / 2);
      const first = box.firstElementChild as HTMLElement | null;
      // Ids wrap by their own width, which is the same for all.
      if (showIds && first) line = Math.max(1, Math.floor(box.clientWidth / first.offsetWidth));
      box.dataset.line = String(line);
      box.style.setProperty('--per-line', String(line));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [list, count, showIds]);
}

/** Marks the one cell that a signal names. */
function useMark(
  list: RefObject<HTMLElement | null>,
  source: Signal<number | null>,
  attribute: 'aria-selected' | 'data-held',
  ...again: readonly unknown[]
): void {
  useEffect(() => {
    const mark = () => {
      const box = list.current;
      if (!box) return;
      const index = source.get();
      for (const cell of box.querySelectorAll(`[${attribute}="true"]`)) cell.setAttribute(attribute, 'false');
      if (index !== null) box.children[index]?.setAttribute(attribute, 'true');
      if (attribute !== 'aria-selected') return;
      if (index === null) box.removeAttribute('aria-activedescendant');
      else box.setAttribute('aria-activedescendant', `token-${index}`);
    };
    mark();
    return source.subscribe(mark);
  }, [list, source, attribute, ...again]);
}
