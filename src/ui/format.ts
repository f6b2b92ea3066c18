/** Figures as the page shows them: at most three significant digits, units always beside them. */

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** An integer with thin grouping: 1234567 -> "1,234,567". */
export function formatInteger(value: number): string {
  return grouped.format(value);
}

/** Three significant digits without exponents: 2.876 -> "2.88", 128.4 -> "128". */
export function formatSignificant(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
  return value.toFixed(digits);
}

/** A count as it is, anything else in three significant digits. */
export function formatFigure(value: number): string {
  if (value > 0 && value < 0.0005) return '< 0.001';
  return Number.isInteger(value) ? formatInteger(value) : formatSignificant(value);
}

/** Bytes in decimal units: 128 -> "128 B", 18900000 -> "18.9 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  const units = ['kB', 'MB', 'GB'] as const;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${formatSignificant(value)} ${units[unit]}`;
}

/** "one", "one and two", "one, two and three". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
