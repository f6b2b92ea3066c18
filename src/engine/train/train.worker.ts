import { type ServerScope, serve } from '../rpc/server';
import { trainHandlers } from './train.service';

serve(trainHandlers(), globalThis as unknown as ServerScope);
