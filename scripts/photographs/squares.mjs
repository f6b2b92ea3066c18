// @ts-check

/**
 * The squares at both ends of a picture, as large as they can be; one where the picture is a square.
 * @param {number} width
 * @param {number} height
 * @returns {{ end: string; left: number; top: number; width: number; height: number }[]}
 */
export function squaresOf(width, height) {
  const side = Math.min(width, height);
  const size = { width: side, height: side };
  const first = { left: 0, top: 0, ...size };
  if (width === height) return [{ end: 'whole', ...first }];
  const last = { left: width - side, top: height - side, ...size };
  const [start, end] = width > height ? ['left', 'right'] : ['top', 'bottom'];
  return [
    { end: start, ...first },
    { end, ...last },
  ];
}
