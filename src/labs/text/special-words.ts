import type { SpecialTokens } from '../../core/text/token-sequence';
import type { SpecialReading } from '../../engine/text/text.api';
import { formatInteger } from '../../ui/format';

/** What a column says of the special tokens of a text; each empty where there is nothing to say. */
export interface SpecialWords {
  readonly written: string;
  readonly added: string;
}

/**
 * "+6: <|endoftext|> is read as text; 14 tokens as a special token".
 * @param count tokens of the text as it was read
 */
export function specialWords(
  { written, otherwise, added }: SpecialReading,
  special: SpecialTokens,
  count: number,
): SpecialWords {
  const many = written.length > 1 || (written[0]?.count ?? 0) > 1;
  const now = special === 'parse' ? (many ? 'special tokens' : 'a special token') : 'text';
  const other = special === 'parse' ? 'text' : many ? 'special tokens' : 'a special token';
  const verb = written.length > 1 ? 'are' : 'is';
  const difference = otherwise === null ? '' : `${signed(count - otherwise)}: `;
  const instead = otherwise === null ? '' : `; ${tokens(otherwise)} as ${other}`;
  return {
    written: written.length === 0 ? '' : `${difference}${names(written)} ${verb} read as ${now}${instead}`,
    added:
      added.length === 0
        ? ''
        : `${signed(added.length)}: ${added.join(' and ')} ${added.length === 1 ? 'is' : 'are'} added; ${tokens(count - added.length)} without`,
  };
}

function names(written: SpecialReading['written']): string {
  const [first, ...others] = written;
  if (!first) return '';
  const name = first.count > 1 ? `${first.name} (${formatInteger(first.count)} times)` : first.name;
  if (others.length === 0) return name;
  if (others.length === 1) return `${name} and ${others[0]!.name}`;
  return `${name} and ${formatInteger(others.length)} others`;
}

function tokens(count: number): string {
  return `${formatInteger(count)} ${count === 1 ? 'token' : 'tokens'}`;
}

function signed(value: number): string {
  return value > 0 ? `+${formatInteger(value)}` : value < 0 ? `−${formatInteger(-value)}` : '±0';
}
