import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

// The headers a page needs for threads in WASM (SharedArrayBuffer); scripts/serve.mjs sends the same.
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react()],
  // onnxruntime-web must not bundle its own wasm: src/engine/ort names the .mjs and .wasm it uses by ?url.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // A preload polyfill on the main thread breaks onnxruntime-web's threaded start in workers.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: { headers: isolation },
  preview: { headers: isolation },
});
