import { setFlagsFromString } from 'node:v8';
import { defineConfig } from 'vitest/config';

// The optimizing compiler would spend more on the oracles' and onnxruntime's WASM than these runs gain by it.
setFlagsFromString('--liftoff-only');

export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: ['scripts/lib/unit-setup.mjs'],
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts'],
    // A limit for what hangs: how long things take on a busy machine decides nothing.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'threads',
    // Files of one thread share their modules, and what is compiled and cached of them: a fifth less processor time.
    // Nothing in src/ keeps state in a module; what a test replaces globally, it puts back.
    isolate: false,
    unstubGlobals: true,
    unstubEnvs: true,
  },
});
