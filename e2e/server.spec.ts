import { expect, test } from './support/fixtures';

test('the page is isolated, silent, asks nobody else, and stops inline scripts, eval and foreign addresses', async ({
  page,
  baseURL,
  consoleWatch,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${baseURL}/`) && !/^(blob|data):/.test(url)) foreign.push(url);
  });
  const answer = await page.goto('/');

  await test.step('wasm may use threads', async () => {
    expect(answer?.headers()).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
  });

  await test.step('nothing is loaded from elsewhere, and the console stays silent', async () => {
    await page.waitForLoadState('networkidle');
    expect(foreign).toEqual([]);
    expect(consoleWatch.unexpected()).toEqual([]);
  });

  await test.step('the policy stops what is not the page’s', async () => {
    consoleWatch.allow(/Content Security Policy|violates/);
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
});
