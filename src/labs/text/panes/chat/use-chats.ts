import { useEffect, useState } from 'react';
import { type ChatTemplate, chatTemplateOf } from '../../../../catalog/chat-templates';
import { fromWireError, isAborted, type TokenoscopeError, toWireError } from '../../../../core/errors';
import { isTokenizerFileId } from '../../../../core/link/tokenizer-file';
import { ChatRenderer } from '../../../../engine/chat/chat.client';
import { useColumnTokenizers, useLab } from '../../context';
import { type LabTokenizer, sourceOf } from '../../lab-tokenizers';
import type { TextLab } from '../../text-lab';
import { type ChatCount, countOverhead } from './count-overhead';
import type { ChatSettings } from './settings';

/** A conversation for one tokenizer. */
export type Chat =
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly error: TokenoscopeError }
  | {
      readonly kind: 'done';
      readonly count: ChatCount;
      readonly isExact: boolean;
      readonly text: string;
      readonly template: Pick<ChatTemplate, 'template' | 'bos' | 'eos'>;
      /** Whose template it is, for the reader. */
      readonly from: string;
    };

/** A pause in typing before templates are rendered again, in milliseconds. */
const PAUSE_MS = 120;

/** The conversation as every column's tokenizer reads it; those that are being worked on keep their last answer. */
export function useChats(settings: ChatSettings): {
  readonly entries: readonly LabTokenizer[];
  readonly chats: Readonly<Record<string, Chat>>;
} {
  const lab = useLab();
  const entries = useColumnTokenizers();
  const [chats, setChats] = useState<Readonly<Record<string, Chat>>>({});
  const [renderer, setRenderer] = useState<ChatRenderer | null>(null);
  useEffect(() => {
    const made = new ChatRenderer();
    setRenderer(made);
    return () => made.dispose();
  }, []);
  useEffect(() => {
    if (!renderer) return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      for (const entry of entries) {
        const chat = await chatOf(lab, renderer, entry, settings, controller.signal);
        if (controller.signal.aborted) return;
        if (chat) setChats((all) => ({ ...all, [entry.id]: chat }));
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [lab, renderer, entries, settings]);
  return { entries, chats };
}

async function chatOf(
  lab: TextLab,
  renderer: ChatRenderer,
  entry: LabTokenizer,
  { messages, generate, template: own, everywhere }: ChatSettings,
  signal: AbortSignal,
): Promise<Chat | undefined> {
  try {
    const spec = entry.isMissing ? undefined : await sourceOf(entry.id, lab.own);
    if (!spec) return { kind: 'none' };
    const tokenizer = { id: entry.id, label: entry.label, spec };
    const known = await chatTemplateOf(entry.id);
    const inFile = isTokenizerFileId(entry.id) ? await lab.segmenter.chatTemplate(tokenizer, signal) : null;
    const mine = own.trim() === '' ? undefined : own;
    const template = (everywhere ? mine : undefined) ?? known?.template ?? inFile ?? mine;
    if (template === undefined) return { kind: 'none' };
    const { bos = '', eos = '' } = known ?? {};
    const rendered = await renderer.render({ template, messages, generate, bos, eos }, signal);
    const [encoded] = await lab.segmenter.check(
      'encodeTexts',
      { tokenizer, texts: [rendered.text], options: { special: 'parse' } },
      { signal },
    );
    return {
      kind: 'done',
      count: countOverhead(rendered, encoded!),
      isExact: rendered.isExact,
      text: rendered.text,
      template: { template, bos, eos },
      from:
        template === mine
          ? 'your template'
          : known
            ? `the template in ${known.source.package}`
            : 'the template in its file',
    };
  } catch (error) {
    if (isAborted(error)) return undefined;
    return { kind: 'failed', error: fromWireError(toWireError(error)) };
  }
}
