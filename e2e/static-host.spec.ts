import { addressAtRest } from './support/address';
import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';
import { PlainHost } from './support/plain-host';
import { expectTokens, field, settled } from './support/text-lab';

let host: PlainHost;
test.beforeEach(async () => {
  host = await PlainHost.start();
});
test.afterEach(async () => host.stop());

test('a host without headers, under a path: both labs, a link, and without a network', async ({
  page,
  context,
  consoleWatch,
}) => {
  let loads = 0;
  page.on('load', () => loads++);
  const lab = new ImageLabPage(page);
  await page.goto(host.url);
  await lab.expectReady();
  // The service worker added what the host did not send: one more load, and only on the first visit.
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(loads).toBe(2);
  await lab.field.fill('31');
  await expect(lab.reconstruction).toHaveAttribute('data-k', '31');
  const link = await addressAtRest(page);

  await page.goto(`${host.url}#text`);
  await settled(page);
  await field(page).fill('hello world');
  await expectTokens(page, 'o200k', 2);

  const second = await context.newPage();
  await second.goto(link);
  const again = new ImageLabPage(second);
  await again.expectReady();
  await expect(again.reconstruction).toHaveAttribute('data-k', '31');
  expect(await second.evaluate(() => crossOriginIsolated)).toBe(true);

  // What the visitor used is here; the host is not.
  await host.stop();
  consoleWatch.allow(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  await second.reload();
  await again.expectReady();
  expect(await second.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.reload();
  await settled(page);
  await expectTokens(page, 'o200k', 2);
});

test.describe('where service workers are blocked', () => {
  test.use({ serviceWorkers: 'block' });

  test('everything works on one thread, the badge says so, and the policy stands', async ({
    page,
    consoleWatch,
  }) => {
    consoleWatch.allow(/Content Security Policy|violates/);
    const lab = new ImageLabPage(page);
    await page.goto(host.url);
    await lab.expectReady();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await page.getByRole('button', { name: /^Backend/ }).click();
    await expect(page.getByRole('dialog', { name: 'Backend' })).toContainText(
      'One thread only: this page is not cross-origin isolated.',
    );
    const fetched = await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect(fetched).toBe('refused');
    await page.goto(`${host.url}#text`);
    await settled(page);
    await field(page).fill('hello world');
    await expectTokens(page, 'o200k', 2);
  });
});
