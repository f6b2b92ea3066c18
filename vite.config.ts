import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { baseChunk } from './scripts/lib/base-chunk.mjs';
import { shortManifest } from './scripts/lib/bundled-manifests.mjs';
import { headersFile } from './scripts/lib/headers.mjs';
import { labChunk } from './scripts/lib/lab-chunk.mjs';
import { offlineList } from './scripts/lib/offline-list.mjs';
import { offlineParts } from './scripts/lib/offline-parts.mjs';
import { metaPolicy } from './src/app/security-headers.mjs';

// The headers a page needs for threads in WASM (SharedArrayBuffer); scripts/serve.mjs sends the same.
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const SERVICE_WORKER = 'service-worker';

const publicUrl = process.env['VITE_PUBLIC_URL'];
if (publicUrl && !/^https?:\/\/[^/]/.test(publicUrl)) {
  throw new Error(
    `VITE_PUBLIC_URL is "${publicUrl}": give the address of the page, as https://example.org/tokenoscope/`,
  );
}

/**
 * Writes offline.json, what the service worker keeps so that the page works without a network, and offline-parts.json, what
 * the Library offers to keep.
 */
function writeOfflineList(): Plugin {
  return {
    name: 'offline-list',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const list = offlineList(bundle, import.meta.dirname);
      const parts = offlineParts(bundle, import.meta.dirname);
      this.emitFile({ type: 'asset', fileName: 'offline.json', source: JSON.stringify(list) });
      this.emitFile({ type: 'asset', fileName: 'offline-parts.json', source: JSON.stringify(parts) });
    },
  };
}

/** The headers of src/app/security-headers.mjs for hosts that read them from a file (Netlify, Cloudflare Pages). */
function writeHostFiles(): Plugin {
  return {
    name: 'host-files',
    apply: 'build',
    generateBundle(_, bundle) {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(Object.keys(bundle)) });
      // GitHub Pages would leave out what begins with an underscore.
      this.emitFile({ type: 'asset', fileName: '.nojekyll', source: '' });
    },
  };
}

/** The policy in the page itself, for hosts that send no headers. The development server's own scripts are inline. */
function writePolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: (html) =>
      html.replace('<meta charset="utf-8" />', (charset) => {
        return `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${metaPolicy()}" />`;
      }),
  };
}

/** Keeps of the bundled models' manifests what the first load needs. */
function shortenManifests(): Plugin {
  return { name: 'short-manifests', enforce: 'pre', transform: shortManifest };
}

const inApp = (name: string) => join(import.meta.dirname, 'src/app', name);
const inLabs = (name: string) => join(import.meta.dirname, 'src/labs', name);

export default defineConfig(({ isSsrBuild }) => ({
  base: './',
  plugins: [
    react(),
    shortenManifests(),
    ...(isSsrBuild ? [] : [writePolicy(), writeHostFiles(), writeOfflineList()]),
  ],
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
            input: {
              index: 'index.html',
              embed: 'embed.html',
              [SERVICE_WORKER]: 'src/app/service-worker.ts',
            },
            output: {
              codeSplitting: {
                groups: [
                  {
                    name: baseChunk({
                      page: inApp('main.tsx'),
                      others: [inApp('embed/main.tsx')],
                      own: /[\\/]src[\\/]app[\\/]/,
                    }),
                  },
                  {
                    name: labChunk({
                      labs: { image: inLabs('image/create.ts'), text: inLabs('text/create.tsx') },
                      pages: [inApp('main.tsx'), inApp('embed/main.tsx')],
                    }),
                    includeDependenciesRecursively: false,
                  },
                ],
              },
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
