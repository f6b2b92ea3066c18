import { expect, test } from './support/fixtures';

test('the page is isolated, so that wasm may use threads', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.headers()).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
});

test('the policy stops inline scripts, eval and foreign addresses', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/Content Security Policy|violates/);
  await page.goto('/');
  const stopped = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    // In a task of its own: what DevTools runs itself may evaluate strings.
    const evaluated = await new Promise((done) => {
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: that it fails is the point
          globalThis.eval('1 + 1');
          done('ran');
        } catch {
          done('refused');
        }
      });
    });
    const fetched = await fetch('https://example.com/').then(
      () => 'sent',
      () => 'refused',
    );
    return { injected: 'injected' in window, evaluated, fetched };
  });
  expect(stopped).toEqual({ injected: false, evaluated: 'refused', fetched: 'refused' });
});

test('the page loads nothing from elsewhere, and its console stays silent', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${baseURL}/`) && !/^(blob|data):/.test(url)) foreign.push(url);
  });
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  expect(foreign).toEqual([]);
});
