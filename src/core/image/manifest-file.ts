import * as v from 'valibot';

/** A file that a manifest names. */
export const fileSchema = v.pipe(
  v.object({
    /** The name that graphs use for it, and its file name beside the manifest. */
    path: v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'a plain file name')),
    bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a sha256 in hex')),
    /** Set for a file that models share: it is in the folder `shared` beside theirs, named by its content. */
    from: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^\.\.\/shared\/[0-9a-f]{16}\.\w+$/, 'a file of ../shared, named by its content'),
      ),
    ),
  }),
  v.check(
    ({ from, sha256 }) => from === undefined || from.startsWith(`../shared/${sha256.slice(0, 16)}.`),
    'a file of ../shared is named by the first 16 hex digits of its sha256',
  ),
);

/** A file that a manifest names. */
export type ManifestFile = v.InferOutput<typeof fileSchema>;
