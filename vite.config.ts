import { readdirSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

// The headers a page needs for threads in WASM (SharedArrayBuffer); scripts/serve.mjs sends the same.
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const SERVICE_WORKER = 'service-worker';

/**
 * Writes offline.json: what the service worker keeps so that the page works without a network. The WebGPU
 * runtime is left out (27 MB): it is kept when it is first used, and WASM serves until then.
 */
function offlineList(): Plugin {
  return {
    name: 'offline-list',
    apply: 'build',
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter(
        (name) => name.startsWith('assets/') && !/asyncify|jspi|webgpu|\.map$/.test(name),
      );
      const samples = readdirSync('public/samples').map((name) => `samples/${name}`);
      const files = ['favicon.svg', ...samples, ...built].sort();
      this.emitFile({ type: 'asset', fileName: 'offline.json', source: JSON.stringify(files) });
    },
  };
}

export default defineConfig(({ isSsrBuild }) => ({
  base: './',
  plugins: [react(), ...(isSsrBuild ? [] : [offlineList()])],
  // onnxruntime-web must not bundle its own wasm: src/engine/ort names the .mjs and .wasm it uses by ?url.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  worker: { format: 'es' as const },
  build: {
    target: 'es2023',
    // A preload polyfill on the main thread breaks onnxruntime-web's threaded start in workers.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    ...(isSsrBuild
      ? {}
      : {
          rolldownOptions: {
            input: { index: 'index.html', [SERVICE_WORKER]: 'src/app/service-worker.ts' },
            output: {
              // A service worker's address must never change.
              entryFileNames: (chunk: { name: string }) =>
                chunk.name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js',
            },
          },
        }),
  },
  server: { headers: isolation },
  preview: { headers: isolation },
}));
