import { badArguments } from './command';

/**
 * Token ids from a text: a JSON array, `{"ids":[...]}` (what the encoding commands print), or numbers separated
 * by spaces or commas.
 * @param where names the text in messages, such as `Standard input`
 * @throws TokenoscopeError `bad-arguments`
 */
export function parseIds(text: string, where: string): number[] {
  const trimmed = text.trim();
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    value = trimmed.split(/[\s,]+/).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  }
  if (typeof value === 'number') value = [value];
  if (typeof value === 'object' && value !== null && 'ids' in value) value = value.ids;
  if (trimmed === '' || !Array.isArray(value)) throw badArguments(`${where} holds no list of ids.`);
  const wrong = value.findIndex((id) => !Number.isSafeInteger(id) || id < 0);
  if (wrong >= 0) {
    const shown = (JSON.stringify(value[wrong]) ?? 'nothing').slice(0, 40);
    throw badArguments(
      `Id ${wrong + 1} in ${where.toLowerCase()} is ${shown}, not a whole number from 0 up.`,
    );
  }
  return value as number[];
}
