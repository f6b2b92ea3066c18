import type { Frame, Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility';
import { Article } from './support/article';
import { expect, test } from './support/fixtures';
import { ImageLabPage, SMALL } from './support/image-lab';
import { PlainHost } from './support/plain-host';
import { FOUR, field, linkWith, settled } from './support/text-lab';

let host: PlainHost;
let article: Article;
test.beforeEach(async () => {
  [host, article] = await Promise.all([PlainHost.start(), Article.start()]);
});
test.afterEach(async () => {
  await Promise.all([host.stop(), article.stop()]);
});

/** Opens a part of the Share panel and copies what it offers. */
async function copied(page: Page, part: 'Embed' | 'Cite', button: string): Promise<string> {
  const { origin } = new URL(page.url());
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const panel = page.getByRole('dialog', { name: 'Copy link' });
  if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Copy link' }).click();
  await panel.getByRole('button', { name: part }).click();
  await panel.getByRole('button', { name: button }).click();
  await expect(panel.getByText('Copied', { exact: true })).toBeVisible();
  return await page.evaluate(() => navigator.clipboard.readText());
}

/** Shows the article with this in it. @returns the frame, and how often it was loaded */
async function showArticle(page: Page, content: string): Promise<{ frame: Frame; loads: () => number }> {
  article.content = content;
  let loads = 0;
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) loads++;
  });
  await page.goto(article.url);
  const frame = await (await page.locator('iframe').elementHandle())?.contentFrame();
  return { frame: frame!, loads: () => loads };
}

/** Waits until the frame is exactly as high as what it shows. */
async function expectFits(page: Page, frame: Frame): Promise<number> {
  const heights = async () => [
    await page.locator('iframe').evaluate((element) => element.clientHeight),
    await frame.locator('#root').evaluate((root) => Math.ceil(root.getBoundingClientRect().height)),
  ];
  await expect
    .poll(async () => {
      const [given, needed] = await heights();
      return given === needed && (await frame.locator('[aria-busy="true"]').count()) === 0;
    })
    .toBe(true);
  const [height = 0] = await heights();
  expect(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  return height;
}

const ground = (frame: Frame) =>
  frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test('columns: on a host that sends headers, by the theme of the frame, wide and narrow', async ({
  page,
}) => {
  await page.goto(`/${FOUR}`);
  await settled(page);
  await field(page).fill('strawberry');
  await linkWith(page, { text: 'strawberry' });
  await settled(page);
  const code = await copied(page, 'Embed', 'Copy code');
  await page.emulateMedia({ colorScheme: 'light' });
  const { frame, loads } = await showArticle(page, code);
  const column = frame.getByRole('region', { name: 'o200k', exact: true });
  await expect(column.getByRole('option').first()).toBeVisible();
  await expect(column.locator('dl > div', { hasText: 'tokens' }).first()).toContainText('3');
  const wide = await expectFits(page, frame);
  await expectAccessible(page);
  const light = await ground(frame);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => ground(frame)).not.toBe(light);
  await expectAccessible(page);

  // A token by keyboard, read out at the foot.
  await column.getByRole('option').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(frame.getByRole('region', { name: 'Token', exact: true })).toContainText('o200k');
  await expect(frame.getByRole('button', { name: /^Remove|^Move|Look up/ })).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 800 });
  await frame.getByRole('tab', { name: /UTF-8 bytes/ }).click();
  await expect(frame.getByRole('region', { name: 'UTF-8 bytes' })).toBeVisible();
  expect(await expectFits(page, frame)).not.toBe(wide);
  await expectAccessible(page);
  expect(loads()).toBe(1);
});

test('cites the tool and what the experiment uses', async ({ page }) => {
  await page.goto(`/${FOUR}`);
  await settled(page);
  await page.getByRole('button', { name: 'Remove UTF-8 bytes' }).click();
  const bibtex = await copied(page, 'Cite', 'Copy BibTeX');
  expect(bibtex.match(/^@\w+\{[^,]+/gm)).toEqual([
    '@misc{tokenoscope',
    '@misc{radford2019language',
    '@misc{tokenizer-cl100k',
    '@misc{tokenizer-o200k',
  ]);
  expect(bibtex).toContain('title = {{Language Models are Unsupervised Multitask Learners}}');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Image' }).click();
  await new ImageLabPage(page).expectReady();
  expect(await copied(page, 'Cite', 'Copy BibTeX')).toContain('title = {{Karhunen 128, an image tokenizer}}');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'About' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const panel = page.getByRole('dialog', { name: 'Copy link' });
  await expect(panel.getByRole('button', { name: 'Cite' })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Embed' })).toHaveCount(0);
});

test.describe('on a first visit', () => {
  test.use({ profile: 'fresh' });

  test('pictures: the code from Share shows them on another site, on a host without headers', async ({
    page,
  }) => {
    const lab = new ImageLabPage(page);
    await page.goto(`${host.url}${SMALL}`);
    await lab.expectReady();
    await lab.field.fill('31');
    await expect(lab.reconstruction).toHaveAttribute('data-k', '31');
    const code = await copied(page, 'Embed', 'Copy code');
    const panel = page.getByRole('dialog', { name: 'Copy link' });
    const [, src = ''] = /src="([^"]*)"/.exec(code) ?? [];
    expect(src).toContain(`${host.url}embed.html#2.`);
    await expect(panel).toContainText(`its address, the link included, has ${src.length} characters`);
    await expect(panel).toContainText('As it is, it works on this machine only.');
    await expectAccessible(page);

    const { frame, loads } = await showArticle(page, code);
    const picture = frame.getByRole('img', { name: /^Reconstruction: Mountain lake/ });
    await expect(picture).toHaveAttribute('data-k', '31');
    expect(await frame.evaluate(() => crossOriginIsolated)).toBe(false);
    await expectFits(page, frame);

    // The slider by keyboard; the way to the whole page takes what was done along.
    const open = frame.getByRole('link', { name: 'Open in Tokenoscope' });
    const before = await open.getAttribute('href');
    await frame.getByRole('slider', { name: 'Tokens kept' }).press('ArrowRight');
    await expect(picture).toHaveAttribute('data-k', '32');
    await expect(open).not.toHaveAttribute('href', before!);
    await expectAccessible(page);

    // Nothing there changes the picture or the model, and the shell is not there.
    await expect(frame.getByRole('button', { name: /^Model: |Copy link|Open picture/ })).toHaveCount(0);
    expect(loads()).toBe(1);
    expect(await frame.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(
      0,
    );

    const [whole] = await Promise.all([page.context().waitForEvent('page'), open.click()]);
    const wholeLab = new ImageLabPage(whole);
    await wholeLab.expectReady();
    await expect(wholeLab.reconstruction).toHaveAttribute('data-k', '32');
    expect(await whole.evaluate(() => window.opener)).toBeNull();
  });

  test('says what is wrong with a link, and shows what its address says next', async ({ page }) => {
    const { frame } = await showArticle(page, '<iframe title="None" width="800" height="300"></iframe>');
    const show = (hash: string) =>
      page.locator('iframe').evaluate((element, src) => {
        (element as HTMLIFrameElement).src = src;
      }, `${host.url}embed.html${hash}`);
    await show('');
    await expect(frame.getByRole('alert')).toContainText(
      'There is no experiment in the address of this frame.',
    );
    await show('#2.abcd');
    await expect(frame.getByRole('alert')).toContainText('This link is damaged');
    await show('#library');
    await expect(frame.getByRole('alert')).toContainText('The library cannot be shown in a frame.');
    await expect(frame.getByRole('link', { name: 'Open in Tokenoscope' })).toBeVisible();
    await expectAccessible(page);
    await show('#image');
    await expect(frame.getByRole('img', { name: /^Reconstruction/ })).toHaveAttribute('data-k', '64');
    await show('#text');
    await expect(
      frame.getByRole('region', { name: 'o200k', exact: true }).getByRole('option').first(),
    ).toBeVisible();
    await expect(frame.getByRole('slider')).toHaveCount(0);
  });

  test('the page itself does not run in a frame, with or without headers', async ({
    page,
    baseURL,
    consoleWatch,
  }) => {
    const { frame, loads } = await showArticle(
      page,
      `<iframe title="Page" src="${host.url}" width="600" height="300"></iframe>`,
    );
    await expect(frame.getByRole('heading')).toHaveText('Tokenoscope does not run inside another page.');
    await expect(frame.getByRole('link', { name: 'Open it in a tab of its own' })).toHaveAttribute(
      'href',
      host.url,
    );
    await expect(frame.getByRole('slider')).toHaveCount(0);
    await expectAccessible(page);
    expect(loads()).toBe(1);

    consoleWatch.allow(/frame-ancestors/);
    const refused = await showArticle(
      page,
      `<iframe title="Page" src="${baseURL}/" width="600" height="300"></iframe>`,
    );
    await expect.poll(() => refused.frame.url()).toContain('chrome-error:');
  });

  test('the service worker keeps page and frame apart, and lets only the one be framed', async ({
    page,
    consoleWatch,
  }) => {
    const lab = new ImageLabPage(page);
    const { url } = host;
    await page.goto(url);
    await lab.expectReady();
    const policyOf = async (path: string) =>
      (await page.goto(`${url}${path}`))?.headers()['content-security-policy'] ?? '';
    expect(await policyOf('')).toContain("frame-ancestors 'none'");
    await lab.expectReady();
    const embed = await policyOf('embed.html#image');
    expect(embed).toContain("default-src 'none'");
    expect(embed).not.toContain('frame-ancestors');
    await lab.expectReady();
    await host.stop();
    consoleWatch.allow(/ERR_CONNECTION_REFUSED|Failed to load resource/);
    await page.reload();
    await lab.expectReady();
    await expect(page.getByRole('link', { name: 'Open in Tokenoscope' })).toBeVisible();
    await page.goto(url);
    await lab.expectReady();
    await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
    host = await PlainHost.start();
  });
});
