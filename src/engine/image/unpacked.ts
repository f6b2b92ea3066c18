/** A file as it is, or what a gzip file holds: golden data is kept either way. @throws TypeError for a damaged one */
export async function unpacked(file: Uint8Array): Promise<Uint8Array> {
  if (file[0] !== 0x1f || file[1] !== 0x8b) return file;
  const plain = new Blob([new Uint8Array(file)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
