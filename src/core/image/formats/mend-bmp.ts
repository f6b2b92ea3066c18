/** Completes an uncompressed BMP with grey. */
export function mendBmp(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [data, header] = [view.getUint32(10, true), view.getUint32(14, true)];
  if (header < 40 || bytes.length <= data) return undefined;
  const rowBytes = Math.ceil((view.getInt32(18, true) * view.getUint16(28, true)) / 32) * 4;
  const mended = new Uint8Array(data + rowBytes * Math.abs(view.getInt32(22, true)));
  mended.fill(128, bytes.length);
  mended.set(bytes);
  return mended;
}
