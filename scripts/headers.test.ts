import { expect, it } from 'vitest';
import { headersFile } from './lib/headers.mjs';

/** The rules of a `_headers` file, by path. */
function rulesOf(file: string): Record<string, string> {
  return Object.fromEntries(
    file
      .split(/\n(?=\S)/)
      .map((rule) => rule.trim())
      .map((rule) => [rule.split('\n')[0]!, rule] as const),
  );
}

it('says in a _headers file which page may be framed, and gives each path one policy', () => {
  const file = headersFile([
    'index.html',
    'assets/a-1.js',
    'assets/image.worker-1.js',
    'assets/weights.worker-1.js',
  ]);
  const rules = rulesOf(file);
  expect(Object.keys(rules)).toEqual([
    '/*',
    '/',
    '/index.html',
    '/embed',
    '/embed.html',
    '/assets/image.worker-1.js',
    '/assets/weights.worker-1.js',
  ]);
  expect(rules['/*']).not.toContain('Content-Security-Policy');
  for (const path of ['/', '/index.html', '/assets/image.worker-1.js']) {
    expect(rules[path], path).toContain("frame-ancestors 'none'");
  }
  for (const path of ['/embed', '/embed.html']) {
    expect(rules[path], path).toContain("default-src 'none'");
    expect(rules[path], path).not.toContain('frame-ancestors');
  }
});
