const CONFIG = /(?:^|\/)tokenizer_config\.json$/;
const TEMPLATE = /(?:^|\/)chat_template\.jinja$/;
const UNNEEDED =
  /(?:^|\/)(?:special_tokens_map|added_tokens|config|generation_config|preprocessor_config)\.json$/;

/** Whether a file is a tokenizer's settings: by its name, as of all that lies beside tokenizers. */
export function isConfig(name: string): boolean {
  return CONFIG.test(name);
}

/** Whether a file is a chat template. */
export function isTemplate(name: string): boolean {
  return TEMPLATE.test(name);
}

/** Whether a file beside a tokenizer says anything about it. */
export function isSettings(name: string): boolean {
  return CONFIG.test(name) || TEMPLATE.test(name);
}

/** Whether a file lies beside tokenizers. */
export function isBesideTokenizer(name: string): boolean {
  return isSettings(name) || UNNEEDED.test(name);
}
