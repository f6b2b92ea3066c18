import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else's, on a site of its own, with whatever HTML it was given in it. */
export class Article {
  readonly #server: Server;
  /** What stands between its paragraphs. */
  content = '';

  private constructor() {
    this.#server = createServer((_, response) =>
      response
        .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
        .end(
          `<!doctype html><html lang="en"><head><title>An article</title><meta name="color-scheme" content="light dark"></head><body><main><h1>An article</h1>${this.content}<p>More of it.</p></main></body></html>`,
        ),
    );
  }

  static async start(): Promise<Article> {
    const article = new Article();
    // Another site than localhost, where the pages under test are.
    await new Promise<void>((done) => article.#server.listen(0, '127.0.0.1', done));
    return article;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
