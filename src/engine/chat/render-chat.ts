import { parse, Template, tokenize } from '@huggingface/jinja';
import { TokenoscopeError } from '../../core/errors';
import type { ChatInput, ChatMessage, RenderedChat } from './chat.api';

/** As chat templates are read: Transformers sets both. */
const BLOCKS = { lstrip_blocks: true, trim_blocks: true };

/** What stands for the content of message i, to find out where the template puts it. Private use: no template has it. */
const standIn = (i: number) => `\ue000${i}\ue001`;
const STAND_INS = /\ue000(\d+)\ue001/;

/**
 * Renders a conversation by a chat template (Jinja, as Transformers reads it), and finds the messages' own words in it by
 * rendering a second time with something else in their place.
 * @throws TokenoscopeError `template-failed` with the template's or the parser's message, and the line where it is known
 */
export function renderChat({ template, messages, generate, bos, eos }: ChatInput): RenderedChat {
  let parsed: Template;
  try {
    parsed = new Template(template);
  } catch (error) {
    throw failed(error, syntaxLine(template, error));
  }
  const render = (all: readonly ChatMessage[]): string =>
    parsed.render({
      messages: all,
      add_generation_prompt: generate,
      bos_token: bos,
      eos_token: eos,
      unk_token: '',
      pad_token: '',
    });
  let text: string;
  try {
    text = render(messages);
  } catch (error) {
    throw failed(error, raisedLine(template, error));
  }
  let outline: string | undefined;
  try {
    outline = render(messages.map((message, i) => ({ ...message, content: standIn(i) })));
  } catch {
    // A template may refuse what stands in for a content.
  }
  const exact = outline === undefined ? undefined : align(text, outline, messages);
  return exact
    ? { text, contents: exact, isExact: true }
    : { text, contents: searched(text, messages), isExact: false };
}

/** The places of the contents, where the text is the outline with contents (trimmed or not) put in. */
function align(
  text: string,
  outline: string,
  messages: readonly ChatMessage[],
): [number, number][] | undefined {
  const parts = outline.split(STAND_INS);
  const contents: [number, number][] = [];
  if (!text.startsWith(parts[0]!)) return undefined;
  let at = parts[0]!.length;
  for (let i = 1; i < parts.length; i += 2) {
    const content = messages[Number(parts[i])]?.content ?? '';
    const after = parts[i + 1]!;
    const isLast = i + 2 >= parts.length;
    const form = [content, content.trim(), content.trimEnd(), content.trimStart()].find((one) => {
      const end = at + one.length;
      return text.startsWith(one, at) && (isLast ? text.slice(end) === after : text.startsWith(after, end));
    });
    if (form === undefined) return undefined;
    if (form !== '') contents.push([at, at + form.length]);
    at += form.length + after.length;
  }
  return at === text.length ? contents : undefined;
}

/** The places of the contents by search, one after another. */
function searched(text: string, messages: readonly ChatMessage[]): [number, number][] {
  const contents: [number, number][] = [];
  let from = 0;
  for (const { content } of messages) {
    const words = content.trim();
    const at = words === '' ? -1 : text.indexOf(words, from);
    if (at < 0) continue;
    from = at + words.length;
    contents.push([at, from]);
  }
  return contents;
}

function failed(error: unknown, line: number | undefined): TokenoscopeError {
  const message = error instanceof Error ? error.message : String(error);
  return new TokenoscopeError(
    'template-failed',
    `${line === undefined ? '' : `Line ${line}: `}${message.replace(/^Parser Error: /, '')}`,
    'The message is the chat template’s own, or its parser’s. Edit the messages or the template.',
  );
}

/** The line of a syntax error: where the token that the parser stopped at ends, or the lexer first says the same. */
function syntaxLine(template: string, error: unknown): number | undefined {
  const lines = template.split('\n');
  let reached = -1;
  try {
    const tokens = tokenize(template, BLOCKS);
    const watched = new Proxy(tokens, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reached = Math.max(reached, Number(key));
        return Reflect.get(target, key, receiver);
      },
    });
    parse(watched);
  } catch {
    // The same error again.
  }
  const isReached = (count: number): boolean => {
    try {
      const tokens = tokenize(lines.slice(0, count).join('\n'), BLOCKS);
      return reached >= 0 && tokens.length > reached;
    } catch (other) {
      const said = (one: unknown) => (one instanceof Error ? one.message : '');
      return reached < 0 && !/end of/i.test(said(other)) && said(other) === said(error);
    }
  };
  for (let count = 1; count <= lines.length; count++) if (isReached(count)) return count;
  return lines.length;
}

/** The line of the `raise_exception` whose words an error has; undefined where none has them. */
function raisedLine(template: string, error: unknown): number | undefined {
  if (!(error instanceof Error) || error.message === '') return undefined;
  const at = template
    .split('\n')
    .findIndex((line) => line.includes('raise_exception') && line.includes(error.message));
  return at < 0 ? undefined : at + 1;
}
