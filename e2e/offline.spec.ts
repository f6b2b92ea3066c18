import { expect, test } from './support/fixtures';
import { ImageLabPage } from './support/image-lab';
import { expectTokens, field, settled } from './support/text-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' }, profile: 'fresh' });

test('after the first visit both labs work without a network', async ({ page, context, consoleWatch }) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  const kept = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    return await new Promise<number>((resolve) => {
      port1.onmessage = (event: MessageEvent<number>) => resolve(event.data);
      registration.active?.postMessage('keep-for-offline', [port2]);
    });
  });
  expect(kept).toBeGreaterThan(10);

  await context.setOffline(true);
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await page.reload();
  await lab.expectReady();
  await lab.sample('Lighthouse').click();
  await lab.expectReady('Lighthouse');
  await page.getByRole('link', { name: 'Text' }).click();
  await settled(page);
  await field(page).fill('hello world');
  await expectTokens(page, 'o200k', 2);
});
