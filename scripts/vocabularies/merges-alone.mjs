// @ts-check

/** The letters that GPT-2's byte-level encoding writes the bytes of UTF-8 with: 13 of the 256 are in no text. */
function letters() {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return { byte, letter: String.fromCodePoint(printable ? byte : next++) };
  })
    .filter(({ byte }) => byte !== 0xc0 && byte !== 0xc1 && byte <= 0xf4)
    .map(({ letter }) => letter)
    .sort();
}

/**
 * A merges.txt from another one, of which most lines are the same: `=N` keeps the next N lines, `-N` leaves N out, and
 * any other line, which is a merge and holds a space, comes in between.
 * @param {Uint8Array} merges merges.txt
 * @param {Uint8Array} changes
 * @returns {Uint8Array} the other merges.txt
 * @throws Error where the changes are not those of this file
 */
export function changedMerges(merges, changes) {
  const decoder = new TextDecoder();
  const lines = decoder.decode(merges).split('\n');
  let at = 0;
  const changed = decoder
    .decode(changes)
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, sign, count] = /^([=-])(\d+)$/.exec(line) ?? [];
      if (!count) return [line];
      const from = at;
      at += Number(count);
      return sign === '=' ? lines.slice(from, at) : [];
    });
  if (at !== lines.length) throw new Error(`The changes are for ${at} lines, and there are ${lines.length}.`);
  return new TextEncoder().encode(changed.join('\n'));
}

/**
 * What Hugging Face's trainer wrote as merges.txt holds its whole vocabulary: first the letters that texts are made of,
 * in their order, then what each merge makes. The file alone is less than half of both.
 * @param {Uint8Array} merges merges.txt
 * @param {object} description the parts of the tokenizer.json that it lacks
 * @returns {Uint8Array} the tokenizer.json that means the same
 */
export function tokenizerOfMerges(merges, description) {
  const pairs = new TextDecoder()
    .decode(merges)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#version'))
    .map((line) => line.split(' '));
  const tokens = [...letters(), ...pairs.map((pair) => pair.join(''))];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  if (Object.keys(vocab).length !== tokens.length) throw new Error('Two merges make the same token.');
  const json = {
    version: '1.0',
    added_tokens: [],
    ...description,
    model: { type: 'BPE', vocab, merges: pairs },
  };
  return new TextEncoder().encode(JSON.stringify(json));
}
