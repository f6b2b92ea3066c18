import type { LogScale } from '../../ui/log-scale';

/** Whole numbers in equal steps, in the shape of a logarithmic scale. `max` is above `min`. */
export function linearScale(min: number, max: number, marks: readonly number[]): LogScale {
  const clamp = (value: number) => Math.min(max, Math.max(min, value));
  const valueAt = (share: number) => clamp(Math.round(min + share * (max - min)));
  return {
    min,
    max,
    marks: marks.filter((mark) => mark >= min && mark <= max),
    shareOf: (value) => (clamp(value) - min) / (max - min || 1),
    valueAt,
    cellAt: valueAt,
  };
}
