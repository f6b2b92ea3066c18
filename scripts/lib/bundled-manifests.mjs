// @ts-check

/** What the page needs of a bundled model's manifest before the model is opened (`src/engine/image/models.ts`). */
const KEPT = [
  'id',
  'label',
  'summary',
  'suits',
  'image',
  'tokens',
  'files',
  'sampler',
  'golden',
  'decodeMflop',
];

/**
 * A bundled model's manifest without what only its own file tells: figures, licences, training. It is part of the first
 * load, in the bundle; the page fetches the whole file with the model.
 * @param {string} json @param {string} id of the module
 * @returns {string | undefined} undefined for any other module
 */
export function shortManifest(json, id) {
  if (!/\/public\/models\/[^/]+\/manifest\.json$/.test(id)) return undefined;
  const manifest = JSON.parse(json);
  return JSON.stringify(Object.fromEntries(KEPT.map((key) => [key, manifest[key]])));
}
