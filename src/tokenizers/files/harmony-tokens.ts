import { filled } from './reserved-tokens';

/** Special tokens of the harmony chat format (gpt-oss), by id: 200000 to 201087 are reserved unless named. */
export function harmonyTokens(): Record<string, number> {
  const named = {
    '<|startoftext|>': 199998,
    '<|endoftext|>': 199999,
    '<|return|>': 200002,
    '<|constrain|>': 200003,
    '<|channel|>': 200005,
    '<|start|>': 200006,
    '<|end|>': 200007,
    '<|message|>': 200008,
    '<|call|>': 200012,
    // tiktoken also spells it as reserved; an id has one text here.
    '<|endofprompt|>': 200018,
  };
  return filled(named, 200000, 201088, (id) => `<|reserved_${id}|>`);
}
