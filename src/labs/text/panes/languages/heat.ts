import type { CSSProperties } from 'react';
import { formatSignificant } from '../../../../ui/format';

/** At this premium the colour is full. */
const FULL = 16;
const FULL_BELOW = 0.6;

/** An exponent below 1: the colours of 1 to 2, where most premiums are, lie further apart. */
const SPREAD = 0.5;

/** How far a premium is from the colour of 1, 0 to 1: the logarithm in each direction, spread where it is small. */
export function heatShare(premium: number): number {
  const full = premium >= 1 ? FULL : FULL_BELOW;
  return Math.min(1, Math.log(premium) / Math.log(full)) ** SPREAD;
}

/** A premium as a colour; none where it is unknown. */
export function heat(premium: number | undefined): CSSProperties | undefined {
  if (premium === undefined) return undefined;
  const share = heatShare(premium);
  const colour = premium >= 1 ? 'var(--more)' : 'var(--fewer)';
  return { background: `color-mix(in oklab, ${colour} ${(share * 100).toFixed(1)}%, var(--even))` };
}

/** As `2.31×`; nothing where it is unknown. */
export function premiumText(premium: number | undefined): string {
  return premium === undefined ? '' : `${formatSignificant(premium)}×`;
}
