import { type ServerScope, serve } from '../rpc/server';
import { heatHandlers } from './heat.service';

serve(heatHandlers, globalThis as unknown as ServerScope);
