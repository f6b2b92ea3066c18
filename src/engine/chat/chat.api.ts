/** One message of a conversation. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

/** What a chat template is given. */
export interface ChatInput {
  /** Jinja, as in a tokenizer_config.json. */
  readonly template: string;
  readonly messages: readonly ChatMessage[];
  /** Whether the beginning of the model's answer is added. */
  readonly generate: boolean;
  readonly bos: string;
  readonly eos: string;
}

/** A conversation as its model reads it. */
export interface RenderedChat {
  readonly text: string;
  /** Where the messages' own words are, in UTF-16 units, in order; all else is the template's. */
  readonly contents: readonly (readonly [number, number])[];
  /** Whether `contents` is exact: a template may change what it is given. */
  readonly isExact: boolean;
}

/** The chat worker's methods. Templates come from anywhere: nothing else runs there. */
export type ChatApi = {
  render: { args: ChatInput; result: RenderedChat; progress: never };
};
