import * as v from 'valibot';

/** Longest template of the visitor's own that a link holds, in characters. */
export const TEMPLATE_LIMIT = 8000;

export const chatSettings = v.object({
  messages: v.pipe(v.array(v.object({ role: v.string(), content: v.string() })), v.maxLength(100)),
  generate: v.boolean(),
  /** The visitor's own template; empty where there is none. */
  template: v.string(),
  /** Whether it takes the place of the tokenizers' own. */
  everywhere: v.boolean(),
});

/** What the pane is set to. */
export type ChatSettings = v.InferOutput<typeof chatSettings>;

export const chatDefaults: ChatSettings = {
  messages: [
    { role: 'user', content: 'How many tokens is this?' },
    { role: 'assistant', content: 'Fewer than the template around it.' },
    { role: 'user', content: 'Count again.' },
  ],
  generate: true,
  template: '',
  everywhere: false,
};

/** Roles to choose from; a template may refuse some. */
export const ROLES = ['system', 'user', 'assistant', 'tool'] as const;
