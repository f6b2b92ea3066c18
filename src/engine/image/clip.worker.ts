import { type ServerScope, serve } from '../rpc/server';
import { clipHandlers } from './clip.service';

serve(clipHandlers, globalThis as unknown as ServerScope);
