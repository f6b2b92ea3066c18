import { type KeyboardEvent, memo, useEffect, useLayoutEffect, useRef } from 'react';
import { assignHues } from '../../core/hues';
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
  /** All of them in lines, instead of a ribbon. */
  readonly all: boolean;
}

/**
 * The ids to read: a ribbon that runs past the slider like a vernier, so that the border between kept and dropped
 * tokens stays under the thumb; or all of them in lines.
 */
export function TokenRow({ ids, kept, inspected, all }: TokenRowProps) {
  const list = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!ids || !list.current) return;
    const box = list.current;
    const follow = () => {
      const k = kept.get();
      markKept(box, k);
      if (!all) box.scrollLeft = (k / ids.length) * (box.scrollWidth - box.clientWidth);
    };
    follow();
    // Also when the window is resized or the font arrives, which changes the chips' width.
    const observer = new ResizeObserver(follow);
    observer.observe(box);
    if (box.firstElementChild) observer.observe(box.firstElementChild);
    const unsubscribe = kept.subscribe(follow);
    return () => {
      observer.disconnect();
      unsubscribe();
    };
  }, [ids, all, kept]);

  useEffect(() => {
    const highlight = () => markInspected(list.current, inspected.get());
    highlight();
    return inspected.subscribe(highlight);
  });

  if (!ids) return <div className={cx(styles.row, styles.placeholder)} />;
  const move = (event: KeyboardEvent) => {
    const at = inspected.get() ?? kept.get() - 1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(ids.length - 1, Math.max(0, to));
    inspected.set(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const pointAt = (target: EventTarget) => {
    const index = (target as HTMLElement).dataset.index;
    if (index !== undefined) inspected.set(Number(index));
  };

  return (
    <section className={styles.row} aria-label="Token ids">
      <div
        ref={list}
        role="listbox"
        aria-label="Token ids"
        tabIndex={0}
        className={cx(styles.ids, all ? styles.all : styles.ribbon)}
        onKeyDown={move}
        onPointerOver={(event) => event.pointerType === 'mouse' && pointAt(event.target)}
        onPointerLeave={() => inspected.set(null)}
        onClick={(event) => pointAt(event.target)}
        onBlur={() => inspected.set(null)}
      >
        <Chips ids={ids} />
      </div>
    </section>
  );
}

const Chips = memo(function Chips({ ids }: { readonly ids: Uint32Array }) {
  const hues = assignHues(ids);
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
      className={styles.chip}
      style={{ '--hue': `var(--token-${hues[i]})` } as React.CSSProperties}
    >
      {id}
    </span>
  ));
});

/** Touches only the chips between the old border and the new one. */
function markKept(box: HTMLElement, k: number): void {
  const chips = box.children;
  const before = Number(box.dataset.kept ?? 0);
  for (let i = Math.min(before, k); i < Math.max(before, k); i++) {
    (chips[i] as HTMLElement | undefined)?.toggleAttribute('data-kept', i < k);
  }
  chips[before - 1]?.removeAttribute('data-last');
  chips[k - 1]?.setAttribute('data-last', '');
  box.dataset.kept = String(k);
}

function markInspected(box: HTMLElement | null, index: number | null): void {
  if (!box) return;
  box.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
  if (index === null) box.removeAttribute('aria-activedescendant');
  else {
    box.children[index]?.setAttribute('aria-selected', 'true');
    box.setAttribute('aria-activedescendant', `token-${index}`);
  }
}
