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
      // Threads that wait for work sleep: spinning costs small models more processor time than their work does.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    },
  });
}
