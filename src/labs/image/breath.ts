const IN_MS = 2200;
const OUT_MS = 700;

let stop: (() => void) | undefined;

/** Ease in and out (smoothstep). */
const ease = (t: number) => t * t * (3 - 2 * t);

/**
 * Moves the slider once from 1 to `count` and back to rest at `end`: the first visitor sees what it does. Each
 * doubling of k takes as long as the last. Any touch of the page stops it where it is; under reduced motion it
 * does not start.
 */
export function breathe(count: number, end: number, setK: (k: number) => void): void {
  stopBreathing();
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const octaves = Math.log2(count);
  let start: number | undefined;
  let peak: number | undefined;
  let frame = 0;
  const step = (now: number) => {
    start ??= now;
    const rising = Math.min(1, (now - start) / IN_MS);
    // The way back starts at the frame that showed all, however late that one came.
    if (rising === 1) peak ??= now;
    const falling = peak === undefined ? 0 : Math.min(1, (now - peak) / OUT_MS);
    const level = ease(rising) * octaves - ease(falling) * (octaves - Math.log2(end));
    setK(Math.round(2 ** level));
    if (falling < 1) frame = requestAnimationFrame(step);
    else stopBreathing();
  };
  const events = ['pointerdown', 'keydown', 'wheel', 'paste', 'dragenter'] as const;
  for (const event of events) window.addEventListener(event, stopBreathing, { capture: true, passive: true });
  stop = () => {
    cancelAnimationFrame(frame);
    for (const event of events) window.removeEventListener(event, stopBreathing, { capture: true });
  };
  frame = requestAnimationFrame(step);
}

export function stopBreathing(): void {
  stop?.();
  stop = undefined;
}
