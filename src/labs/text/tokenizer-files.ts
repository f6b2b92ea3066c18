/** What the system's dialogue shows first where a tokenizer is asked for; the content decides. */
export const TOKENIZER_FILES = '.json,.tiktoken,.model,.txt,.spm,.gguf,.jinja,application/json';
