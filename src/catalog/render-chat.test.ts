import { describe, expect, it } from 'vitest';
import type { TokenoscopeError } from '../core/errors';
import type { ChatInput } from '../engine/chat/chat.api';
import { ChatRenderer } from '../engine/chat/chat.client';
/** What jinja2 3.1 makes of the bundled templates, set up as Transformers does (trim_blocks, lstrip_blocks, sandbox). */
import golden from '../engine/chat/chats.golden.json';
import { renderChat } from '../engine/chat/render-chat';
import type { WorkerLike } from '../engine/rpc/client';
import { chatTemplateOf } from './chat-templates';

const input = (template: string, more: Partial<ChatInput> = {}): ChatInput => ({
  template,
  messages: [{ role: 'user', content: 'user' }],
  generate: false,
  bos: '<s>',
  eos: '</s>',
  ...more,
});

const failure = (template: string): TokenoscopeError => {
  try {
    renderChat(input(template));
  } catch (error) {
    return error as TokenoscopeError;
  }
  throw new Error('It was rendered.');
};

describe('renderChat', () => {
  it('renders bundled templates as jinja2 does, and finds the messages in them', async () => {
    for (const { tokenizer, messages, generate, text } of golden) {
      const { template, bos, eos } = (await chatTemplateOf(tokenizer))!;
      const rendered = renderChat({ template, messages, generate, bos, eos });
      expect(rendered.text, tokenizer).toBe(text);
      expect(rendered.isExact, tokenizer).toBe(true);
      const found = rendered.contents.map(([from, to]) => rendered.text.slice(from, to).trim());
      expect(found).toEqual(messages.map(({ content }) => content.trim()));
    }
  });

  it('tells the message from the same word in the template', () => {
    const { text, contents, isExact } = renderChat(
      input('{% for m in messages %}user: {{ m.role }} {{ m.content }}{{ eos_token }}{% endfor %}'),
    );
    expect(text).toBe('user: user user</s>');
    expect([contents, isExact]).toEqual([[[11, 15]], true]);
  });

  it('says so where a template changes what it is given', () => {
    const chat = renderChat(input('[{{ messages[0].content | upper }}|{{ messages[0].content }}]'));
    expect(chat).toEqual({ text: '[USER|user]', contents: [[6, 10]], isExact: false });
  });

  it.each([
    ['one\n{{ messages[0].content }}\n{% if x %}\ntwo\n{{ ] }}', /^Line 5: /],
    ['{# ok #}\n{% for m in messages %}\n{% endif %}', /^Line 3: /],
    ['a\nb\n{{ a ~ $ }}\nc', /^Line 3: Unexpected character/],
    ["\n{% if true %}\n{{ raise_exception('No system role') }}{% endif %}", /^Line 3: No system role$/],
    ['{{ messages[0].content', /^Line 1: /],
  ])('names the line of what is wrong with %j', (template, message) => {
    const error = failure(template);
    expect(error.code).toBe('template-failed');
    expect(error.message).toMatch(message);
  });
});

describe('ChatRenderer', () => {
  it('ends a template that does not come to an end, and starts afresh', async () => {
    let started = 0;
    let ended = 0;
    const silent = (): WorkerLike => {
      started++;
      return { postMessage: () => {}, terminate: () => void ended++, addEventListener: () => {} };
    };
    const renderer = new ChatRenderer(silent, 30);
    const { signal } = new AbortController();
    for (const turn of [1, 2]) {
      await expect(renderer.render(input('{{ 1 }}'), signal)).rejects.toMatchObject({
        code: 'template-failed',
        message: expect.stringContaining('was stopped'),
      });
      expect(ended).toBeGreaterThanOrEqual(turn);
    }
    expect(started).toBeGreaterThanOrEqual(2);
    renderer.dispose();
  });
});
