import { checkpointHandlers } from '../image/checkpoint/checkpoint-service';
import { type ServerScope, serve } from '../rpc/server';

serve(checkpointHandlers, globalThis as unknown as ServerScope);
