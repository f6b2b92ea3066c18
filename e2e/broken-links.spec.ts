import { deflateRawSync } from 'node:zlib';
import { expect, test } from './support/fixtures';
import { field, openTextLab, settled } from './support/text-lab';

/** A version 1 link around any head and blob, as a hostile or old program may write it. */
function link(head: unknown, blob: Uint8Array = new Uint8Array()): string {
  const json = Buffer.from(JSON.stringify(head));
  const length: number[] = [];
  for (let rest = json.length; ; rest >>>= 7) {
    if (rest < 0x80) {
      length.push(rest);
      break;
    }
    length.push((rest & 0x7f) | 0x80);
  }
  return `#1.${deflateRawSync(Buffer.concat([Buffer.from(length), json, blob])).toString('base64url')}`;
}

const BOMB = `#1.${deflateRawSync(Buffer.alloc(40_000_000)).toString('base64url').slice(0, 60_000)}`;

const failures: { what: string; hash: string; says: RegExp }[] = [
  { what: 'an unknown version', hash: '#7.AAAA', says: /newer Tokenoscope \(link version 7\)/ },
  { what: 'no known form', hash: '#hello world', says: /not a link to an experiment/ },
  { what: 'characters no link has', hash: '#1.%%%%', says: /damaged/ },
  { what: 'its end cut off', hash: link({ l: 't', t: { x: 'some text' } }).slice(0, 14), says: /link/ },
  { what: 'a payload that inflates without end', hash: BOMB, says: /unpack|inflate|more than|large/i },
  { what: 'more characters than any link', hash: `#1.${'A'.repeat(70_000)}`, says: /70,003 characters/ },
  { what: 'no experiment in it', hash: link([1, 2, 3]), says: /does not describe an experiment/ },
];

test('broken links are explained, and the page works', async ({ page }) => {
  await openTextLab(page);
  await field(page).fill('my own words');
  for (const [i, { what, hash, says }] of failures.entries()) {
    await test.step(`a link with ${what}`, async () => {
      await page.evaluate((value) => {
        location.hash = value;
      }, hash);
      await expect(page.getByRole('alert')).toContainText(says);
      await expect(field(page)).not.toHaveValue('');
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect(page.getByRole('alert')).toBeHidden();
      // The next change puts a good link into the address bar again.
      await field(page).fill(`my own words, and more: ${i}`);
      await expect.poll(() => page.url()).toMatch(/#2\.[\w-]{20,}$/);
    });
  }
});

test('a broken link opens a working page', async ({ page }) => {
  await page.goto('/#1.!!!!');
  await expect(page.getByRole('alert')).toContainText('damaged');
  await page.getByRole('link', { name: 'Text' }).click();
  await settled(page);
});

test('unknown parts are named, by the lab that they belong to, and the rest opens', async ({ page }) => {
  await page.goto(
    `/${link({ l: 't', i: { m: 'karhunen-128', n: 2, b: 24 }, t: { z: ['gpt2', 'no-such-tokenizer'], x: 'still here' } }, Buffer.alloc(6, 0xff))}`,
  );
  await settled(page);
  const warning = page.getByRole('status').filter({ hasText: 'Part of this link' });
  await expect(warning).toContainText('no-such-tokenizer');
  await expect(field(page)).toHaveValue('still here');
  await expect(page.getByRole('region', { name: 'GPT-2', exact: true })).toBeVisible();
  // A link of version 1 held both labs: the other one opens its part when the visitor comes there.
  await page.getByRole('link', { name: 'Image' }).click();
  await expect(warning).toContainText('not in the codebook');
});
