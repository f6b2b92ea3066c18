import { encodeUtf8 } from '../../core/text/utf8';

/**
 * A character map as SentencePiece precompiles it, in base64: a double-array trie (darts-clone) from UTF-8 to
 * places of NUL-terminated texts. Every node has a block of its own, which wastes space and needs no search.
 */
export function charsmap(replacements: Readonly<Record<string, string>>): string {
  const units: number[] = [0];
  const pool: number[] = [];
  const nodes = new Map<string, number>();
  let blocks = 0;
  const childrenOf = (node: number): number => {
    const offset = units[node]! >>> 10;
    if (offset !== 0) return node ^ offset;
    const base = 256 * ++blocks;
    while (units.length < base + 256) units.push(0);
    units[node]! |= (node ^ base) << 10;
    return base;
  };
  for (const [from, to] of Object.entries(replacements)) {
    let node = 0;
    let path = '';
    for (const byte of encodeUtf8(from)) {
      path += `${byte} `;
      const child = nodes.get(path) ?? childrenOf(node) ^ byte;
      if (!nodes.has(path)) units[child] = byte;
      nodes.set(path, child);
      node = child;
    }
    const leaf = childrenOf(node);
    units[node]! |= 1 << 8;
    units[leaf] = (pool.length | (1 << 31)) >>> 0;
    pool.push(...encodeUtf8(to), 0);
  }
  const bytes = new Uint8Array(4 + 4 * units.length + pool.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 4 * units.length, true);
  units.forEach((unit, i) => {
    view.setUint32(4 + 4 * i, unit, true);
  });
  bytes.set(pool, 4 + 4 * units.length);
  return Buffer.from(bytes).toString('base64');
}
