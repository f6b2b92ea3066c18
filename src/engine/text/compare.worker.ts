import { type ServerScope, serve } from '../rpc/server';
import { compareHandlers } from './compare.service';

serve(compareHandlers(), globalThis as unknown as ServerScope);
