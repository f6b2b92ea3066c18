/** The chat template of a bundled tokenizer: one file in ./chat-templates/, named after the tokenizer. */
export interface ChatTemplate {
  /** Of ./tokenizers/. */
  readonly tokenizer: string;
  /** Where it was copied from, word for word. */
  readonly source: { readonly package: string; readonly file: string };
  /** What the template calls `bos_token` and `eos_token`; empty where there is none. */
  readonly bos: string;
  readonly eos: string;
  /** Jinja. */
  readonly template: string;
}

const files = import.meta.glob<ChatTemplate>('./chat-templates/*.ts', { import: 'chatTemplate' });

/** Tokenizers that have a template here. */
export const tokenizersWithTemplate: readonly string[] = Object.keys(files).map((path) => path.slice(17, -3));

/** The chat template of a bundled tokenizer; undefined where none is known. */
export async function chatTemplateOf(tokenizer: string): Promise<ChatTemplate | undefined> {
  return await files[`./chat-templates/${tokenizer}.ts`]?.();
}
