import { decodeUtf8 } from '../../core/text/utf8';
import type { CallContext, Handlers } from '../rpc/server';
import { throttled } from '../rpc/throttled';
import type { LmApi, LmProgress, LmRef } from './lm.api';
import type { OpenModel } from './open-model';
import { type LmParts, OpenModels } from './open-models';
import { ByteReader } from './read-bytes';
import { beginReading, readOn, type TokenReading } from './read-tokens';

/** How often the page hears of a reading, in milliseconds: what is known so far is copied. */
const REPORT_MS = 200;

/** What was read with a model last. */
interface Read {
  tokens?: TokenReading;
  bytes?: ByteReader;
}

/** The work of the language models' worker, without the worker itself. */
export function lmHandlers(parts: LmParts): Handlers<LmApi> {
  const models = new OpenModels(parts);
  const read = new WeakMap<OpenModel, Read>();

  async function opened<R>(
    model: LmRef,
    { signal, progress }: CallContext<LmProgress<R>>,
  ): Promise<{ open: OpenModel; last: Read }> {
    const open = await models.get(model, signal, (load) => progress({ kind: 'load', load }));
    const last = read.get(open) ?? {};
    read.set(open, last);
    return { open, last };
  }

  return {
    async readTokens({ model, bytes }, context) {
      const { open, last } = await opened(model, context);
      let reading = beginReading(open.encode(decodeUtf8(bytes)), last.tokens);
      const report = throttled(context.progress, REPORT_MS);
      while (reading.count < reading.ids.length) {
        reading = await readOn(open, reading, context.signal);
        last.tokens = reading;
        report({ kind: 'so-far', reading });
      }
      return reading;
    },

    async readBytes({ model, bytes }, context) {
      const { open, last } = await opened(model, context);
      // One that was given up may not have noticed yet: it ends alone.
      const reader = last.bytes && !last.bytes.isBusy ? last.bytes : new ByteReader(open.exact);
      last.bytes = reader;
      const report = throttled(context.progress, REPORT_MS);
      return await reader.read(bytes, (reading) => report({ kind: 'so-far', reading }), context.signal);
    },

    async spell({ model }, context) {
      const { open } = await opened(model, context);
      const { vocabulary } = open.model;
      const starts = new Uint32Array(vocabulary.size + 1);
      for (let id = 0; id < vocabulary.size; id++) starts[id + 1] = starts[id]! + vocabulary.bytes(id).length;
      const all = new Uint8Array(starts.at(-1)!);
      for (let id = 0; id < vocabulary.size; id++) all.set(vocabulary.bytes(id), starts[id]!);
      return { bytes: all, starts };
    },
  };
}
