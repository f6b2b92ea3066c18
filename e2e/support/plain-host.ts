import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { mediaType } from '../../scripts/lib/headers.mjs';

/** A static host that knows nothing of this project: dist/ under a path, and no header but the type. */
export class PlainHost {
  readonly #server: Server;
  /** The paths that were asked for, below `url`. */
  readonly requests: string[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(path = '/tokenoscope/', root = 'dist'): Promise<PlainHost> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const name = normalize(pathname.slice(path.length) || 'index.html');
      host.requests.push(name);
      readFile(join(root, name)).then(
        (bytes) => response.writeHead(200, { 'Content-Type': mediaType(name) }).end(bytes),
        () => response.writeHead(404).end('Not found'),
      );
    });
    const host = new PlainHost(server);
    await new Promise<void>((done) => server.listen(0, 'localhost', done));
    return host;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/tokenoscope/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
