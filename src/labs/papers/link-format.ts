import * as v from 'valibot';
import { FILE_NAME_LIMIT, SETTINGS_LIMIT } from '../../core/link/limits';
import { fieldReader, idField } from '../../core/link/read-fields';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import type { LinkFormat } from '../lab';

/** What an experiment runs on. */
export type Source =
  /** Null is the experiment's first. */
  | { readonly kind: 'sample'; readonly id: string | null }
  /** The visitor's own; the name of its file, or null. */
  | { readonly kind: 'text'; readonly text: string; readonly name: string | null }
  /** What the link was made with and does not hold. */
  | { readonly kind: 'missing'; readonly name: string };

/** What a link holds of this lab: which experiment, and what differs from how it opens at first. */
export interface LinkedExperiment {
  /** Null is the index. */
  readonly id: string | null;
  /** Fields of the state, not checked yet. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly source: Source;
}

const nameField = v.nullable(v.pipe(v.string(), v.maxLength(FILE_NAME_LIMIT)));
const fieldsField = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((fields) => JSON.stringify(fields).length <= SETTINGS_LIMIT),
);

export const linkFormat: LinkFormat<LinkedExperiment> = {
  read({ head, blob }, problems) {
    const read = fieldReader(head, problems);
    const missing = read('o', nameField, null, 'what it was made with');
    const sample = read('i', v.nullable(idField), null, 'the sample');
    const name = read('n', nameField, null, "the text's name");
    const isText = read('t', v.picklist([0, 1]), 0, 'whether it holds a text') === 1;
    return {
      id: read('e', v.nullable(idField), null, 'the experiment'),
      fields: read('s', fieldsField, {}, 'the settings'),
      source:
        missing !== null
          ? { kind: 'missing', name: missing }
          : isText
            ? { kind: 'text', text: decodeUtf8(blob), name }
            : { kind: 'sample', id: sample },
    };
  },

  write({ id, fields, source }) {
    return {
      head: {
        ...(id === null ? {} : { e: id }),
        ...(Object.keys(fields).length === 0 ? {} : { s: fields }),
        ...(source.kind === 'sample' && source.id !== null ? { i: source.id } : {}),
        ...(source.kind === 'text' ? { t: 1 } : {}),
        ...(source.kind === 'text' && source.name !== null
          ? { n: source.name.slice(0, FILE_NAME_LIMIT) }
          : {}),
        ...(source.kind === 'missing' ? { o: source.name.slice(0, FILE_NAME_LIMIT) } : {}),
      },
      blob: encodeUtf8(source.kind === 'text' ? source.text : ''),
    };
  },
};
