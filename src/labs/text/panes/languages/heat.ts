import type { CSSProperties } from 'react';
import { formatSignificant } from '../../../../ui/format';

/** At this premium the colour is full. */
const FULL = 16;
const FULL_BELOW = 0.6;

/** A premium as a colour, on a logarithmic scale in each direction from 1; none where it is unknown. */
export function heat(premium: number | undefined): CSSProperties | undefined {
  if (premium === undefined) return undefined;
  const isMore = premium >= 1;
  const share = Math.min(1, Math.log(premium) / Math.log(isMore ? FULL : FULL_BELOW));
  const colour = isMore ? 'var(--more)' : 'var(--fewer)';
  return { background: `color-mix(in oklab, ${colour} ${(share * 100).toFixed(1)}%, var(--even))` };
}

/** As `2.31×`; nothing where it is unknown. */
export function premiumText(premium: number | undefined): string {
  return premium === undefined ? '' : `${formatSignificant(premium)}×`;
}
