import * as ort from 'onnxruntime-node';
import { createRuntime, type Runtime } from './runtime';

/** onnxruntime-node on the CPU, for the command line, tests and benchmarks. Never imported by the page. */
export function createNodeRuntime(threads = 2): Runtime {
  return createRuntime(ort, {
    threads,
    session: {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Waiting threads sleep: spinning would cost small models more CPU time than their work.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    },
  });
}
