import { useEffect, useRef, useState } from 'react';

/** The shortest time between two changes of the picture: at most two a second, well below what can harm (WCAG 2.3.1). */
export const SHORTEST_MS = 500;

/** How long each picture is shown, by name. */
export const PACES = { slow: 2000, medium: 1000, fast: SHORTEST_MS } as const;
export type Pace = keyof typeof PACES;

/** Which of two pictures is shown. */
export interface Blinking {
  readonly shown: 0 | 1;
  readonly playing: boolean;
  readonly pace: Pace;
  /** Whether the system asks for less motion: then nothing alternates by itself. */
  readonly still: boolean;
  play(playing: boolean): void;
  setPace(pace: Pace): void;
  /** Shows the other picture, until `release`. */
  hold(): void;
  release(): void;
}

/** A press shorter than this stays; a longer one shows the other picture only while it lasts. */
const TAP_MS = 300;

/** How long to wait before the next change. @param last when the last one was, in milliseconds */
export function waitBefore(last: number, now: number): number {
  return Math.max(0, last + SHORTEST_MS - now);
}

/** Two pictures in one place, by turns or by press. However it is asked for, they change at most twice a second. */
export function useBlink(): Blinking {
  const still = useReducedMotion();
  const [wanted, setWanted] = useState<0 | 1>(0);
  const [playing, setPlaying] = useState(true);
  const [pace, setPace] = useState<Pace>('medium');
  const held = useRef<number | undefined>(undefined);
  const shown = useAtMostTwiceASecond(wanted);
  const runs = playing && !still;

  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => {
      if (held.current === undefined) setWanted(other);
    }, PACES[pace]);
    return () => clearInterval(timer);
  }, [runs, pace]);

  return {
    shown,
    playing: runs,
    pace,
    still,
    play: setPlaying,
    setPace,
    hold() {
      if (held.current !== undefined) return;
      held.current = performance.now();
      setWanted(other);
    },
    release() {
      if (held.current === undefined) return;
      if (performance.now() - held.current > TAP_MS) setWanted(other);
      held.current = undefined;
    },
  };
}

function other(which: 0 | 1): 0 | 1 {
  return which === 0 ? 1 : 0;
}

function useAtMostTwiceASecond(wanted: 0 | 1): 0 | 1 {
  const [shown, setShown] = useState(wanted);
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (wanted === shown) return;
    const change = () => {
      last.current = performance.now();
      setShown(wanted);
    };
    const timer = setTimeout(change, waitBefore(last.current, performance.now()));
    return () => clearTimeout(timer);
  }, [wanted, shown]);
  return shown;
}

function useReducedMotion(): boolean {
  const [still, setStill] = useState(() => matchMedia(REDUCED).matches);
  useEffect(() => {
    const query = matchMedia(REDUCED);
    const follow = () => setStill(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return still;
}

const REDUCED = '(prefers-reduced-motion: reduce)';
