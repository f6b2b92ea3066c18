import { type ServerScope, serve } from '../rpc/server';
import type { ChatApi } from './chat.api';
import { renderChat } from './render-chat';

serve<ChatApi>({ render: async (input) => renderChat(input) }, globalThis as unknown as ServerScope);
