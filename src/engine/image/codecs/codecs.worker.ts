import { type ServerScope, serve } from '../../rpc/server';
import { codecHandlers } from './codecs.service';

serve(codecHandlers(), globalThis as unknown as ServerScope);
