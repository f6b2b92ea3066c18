import * as ort from 'onnxruntime-node';
import { createRuntime, type Runtime } from './runtime';

/** onnxruntime-node on the CPU, for the command line, tests and benchmarks. Never imported by the page. */
export function createNodeRuntime(threads = 2): Runtime {
  return createRuntime(ort, {
    threads,
    session: { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
}
