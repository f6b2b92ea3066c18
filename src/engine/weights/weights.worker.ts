import { type ServerScope, serve } from '../rpc/server';
import { checkpointHandlers } from './weights.service';

serve(checkpointHandlers, globalThis as unknown as ServerScope);
