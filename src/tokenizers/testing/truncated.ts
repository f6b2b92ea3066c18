import type { TokenizerJson } from './oracle';

/**
 * A tokenizer.json that knows only part of its vocabulary, by the definitions: the first `m` merges, the `m` best pieces,
 * the first `m` entries, and whatever every cut keeps. Ids stay as they are. For Hugging Face's library, as an oracle.
 */
export function truncated(json: TokenizerJson, m: number): TokenizerJson {
  const { model } = json;
  const added = new Set(
    ((json['added_tokens'] ?? []) as { content: string }[]).map(({ content }) => content),
  );
  if (model['merges']) return { ...json, model: { ...model, ...truncatedMerges(model, m) } };
  if (Array.isArray(model['vocab']))
    return { ...json, model: { ...model, vocab: truncatedPieces(model, m, added) } };
  const prefix = String(model['continuing_subword_prefix'] ?? '##');
  const entries = Object.entries(model['vocab'] as Record<string, number>).sort(([, a], [, b]) => a - b);
  let left = m;
  const vocab = entries.filter(([token]) => {
    const isBase = added.has(token) || token === model['unk_token'] || isCharacter(token);
    const isWithin = token.startsWith(prefix) && isCharacter(token.slice(prefix.length));
    return isBase || isWithin || left-- > 0;
  });
  return { ...json, model: { ...model, vocab: Object.fromEntries(vocab) } };
}

function truncatedMerges(model: Record<string, unknown>, m: number) {
  const merges = (model['merges'] as (string | [string, string])[]).map((merge) =>
    typeof merge === 'string' ? (merge.split(' ') as [string, string]) : merge,
  );
  const prefix = String(model['continuing_subword_prefix'] ?? '');
  const made = ([left, right]: [string, string]) =>
    left + (right.startsWith(prefix) ? right.slice(prefix.length) : right);
  const kept = new Set(merges.slice(0, m).map(made));
  const gone = new Set(merges.slice(m).map(made));
  const vocab = Object.entries(model['vocab'] as Record<string, number>).filter(
    ([token]) => kept.has(token) || !gone.has(token) || isCharacter(token),
  );
  const known = new Set(vocab.map(([token]) => token));
  // Alternative merges may be listed before those that make their halves: they cannot happen yet, and the library refuses them.
  const possible = merges.slice(0, m).filter((merge) => merge.every((half) => known.has(half)));
  return { vocab: Object.fromEntries(vocab), merges: possible };
}

/** Removed pieces become ones that no text has, so that the others keep their places. */
function truncatedPieces(
  model: Record<string, unknown>,
  m: number,
  added: ReadonlySet<string>,
): [string, number][] {
  const vocab = model['vocab'] as [string, number][];
  const isBase = ([token]: [string, number], id: number) =>
    id === model['unk_id'] ||
    added.has(token) ||
    isCharacter(token) ||
    (model['byte_fallback'] === true && /^<0x[0-9A-F]{2}>$/.test(token));
  const order = vocab.map((_, id) => id).filter((id) => !isBase(vocab[id]!, id));
  order.sort((a, b) => vocab[b]![1] - vocab[a]![1] || a - b);
  const gone = new Set(order.slice(m));
  return vocab.map((entry, id) => (gone.has(id) ? [`\u{10fffd}gone ${id}`, 0] : entry));
}

function isCharacter(token: string): boolean {
  return [...token].length === 1;
}
