// @ts-check

/** What is known of a bundled model before it is opened: the fields of `BundledModel` and what they are made from. */
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
 * Leaves out of the page's first code what manifests say beside that: licences, figures and how a model was made. The page
 * reads the whole manifest when it opens a model.
 * @returns {import('vite').Plugin}
 */
export function modelFacts() {
  return {
    name: 'model-facts',
    enforce: 'pre',
    transform(text, id) {
      if (!/\/public\/models\/[^/]+\/manifest\.json$/.test(id)) return;
      const kept = Object.entries(JSON.parse(text)).filter(([field]) => KEPT.includes(field));
      return { code: JSON.stringify(Object.fromEntries(kept)), map: null };
    },
  };
}
