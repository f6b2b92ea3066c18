import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chatTemplateOf, tokenizersWithTemplate } from './chat-templates';

it('copies every template word for word from the package it names', async () => {
  expect(tokenizersWithTemplate).toContain('qwen-2.5');
  let compared = 0;
  for (const id of tokenizersWithTemplate) {
    const { tokenizer, source, template, bos, eos } = (await chatTemplateOf(id))!;
    expect(tokenizer).toBe(id);
    const path = `node_modules/${source.package}/${source.file}`;
    if (!existsSync(path)) continue;
    const config = JSON.parse(readFileSync(path, 'utf8'));
    const content = (token: null | string | { content: string }) =>
      token === null ? '' : typeof token === 'string' ? token : token.content;
    expect([template, bos, eos]).toEqual([
      config.chat_template,
      content(config.bos_token),
      content(config.eos_token),
    ]);
    compared++;
  }
  expect(compared).toBeGreaterThanOrEqual(2);
});
