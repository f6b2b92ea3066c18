/**
 * The best segmentation of a piece into other pieces: what the corpus would be written with if it were gone.
 * @returns ids; none where there is no other
 */
export function alternativeOf(
  piece: string,
  idOf: ReadonlyMap<string, number>,
  scores: Float64Array,
): readonly number[] {
  const points = [...piece];
  const reach = new Float64Array(points.length + 1).fill(Number.NEGATIVE_INFINITY);
  const from = new Int32Array(points.length + 1);
  const via = new Int32Array(points.length + 1);
  reach[0] = 0;
  for (let start = 0; start < points.length; start++) {
    if (reach[start] === Number.NEGATIVE_INFINITY) continue;
    let text = '';
    for (let end = start + 1; end <= points.length; end++) {
      text += points[end - 1]!;
      if (end - start === points.length) continue;
      const id = idOf.get(text);
      if (id === undefined) continue;
      const score = reach[start]! + scores[id]!;
      if (score <= reach[end]!) continue;
      reach[end] = score;
      from[end] = start;
      via[end] = id;
    }
  }
  if (reach[points.length] === Number.NEGATIVE_INFINITY) return [];
  const path: number[] = [];
  for (let at = points.length; at > 0; at = from[at]!) path.push(via[at]!);
  return path.reverse();
}
