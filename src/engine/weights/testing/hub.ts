import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const FIXTURES = 'src/engine/families/fixtures';

/** The commit of every repository of this hub. */
const COMMIT = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00';

/** What Hugging Face sends with its answers, so that pages of other sites may read them. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag',
};

/** How the hub treats a file, or `api` for its listing. */
export interface Mood {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the file's content. */
  readonly body?: string;
  /** Breaks the connection after this many bytes of the file, counted from its start; once, unless `always`. */
  readonly cutAt?: number;
  readonly always?: boolean;
  /** What it does after that. */
  readonly afterwards?: Mood;
  /** Answers every request with the whole file. */
  readonly noRanges?: boolean;
  /** Answers only when this resolves. */
  readonly held?: Promise<void>;
  /** Stalls after this many bytes of the file without ending; parts behind that are sent. */
  readonly stallAt?: number;
}

/** A small hub over the checkpoints of the tests, which can be told to misbehave. */
export class Hub {
  static readonly commit = COMMIT;
  readonly #server: Server;
  readonly #moods = new Map<string, Mood>();
  /** Repositories by name: files by path. */
  readonly #repositories = new Map<string, Map<string, Buffer>>();
  /** Names that repositories had before, and those that only people with an account may read. */
  readonly #renamed = new Map<string, string>();
  readonly #gated = new Set<string>();
  /** The requests, each with its range if it had one. */
  readonly requests: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<Hub> {
    const hub = new Hub();
    for (const entry of await readdir(FIXTURES, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const { name } = entry;
      const files = new Map<string, Buffer>();
      for (const path of ['config.json', 'model.safetensors']) {
        files.set(path, await readFile(join(FIXTURES, name, path)));
      }
      hub.#repositories.set(`tests/${name}`, files);
    }
    await new Promise<void>((done) => hub.#server.listen(0, 'localhost', done));
    return hub;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a repository there, or another one in its place. */
  publish(name: string, files: Readonly<Record<string, Buffer | string>>): void {
    this.#repositories.set(
      name,
      new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])),
    );
  }

  /** Replaces a file's content but not its announced size and hash. */
  replace(repository: string, path: string, content: Buffer): void {
    this.#repositories.get(repository)!.set(path, content);
  }

  /** Gives a repository another name, to which the hub redirects. */
  rename(from: string, to: string): void {
    this.#repositories.set(to, this.#repositories.get(from)!);
    this.#repositories.delete(from);
    this.#renamed.set(from, to);
  }

  /** Lets everybody see what a repository has, and nobody read it. */
  gate(repository: string): void {
    this.#gated.add(repository);
  }

  file(repository: string, path: string): Buffer {
    return this.#repositories.get(repository)!.get(path)!;
  }

  /** How the next requests for a file go; undefined restores normal service. */
  treat(path: string, mood: Mood | undefined): void {
    if (mood) this.#moods.set(path, mood);
    else this.#moods.delete(path);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const { range } = request.headers;
    this.requests.push(`${request.method} ${pathname}${range ? ` ${range}` : ''}`);
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/([^/]+)$/.exec(pathname);
    const renamed = api && this.#renamed.get(api[1]!);
    if (api && renamed) {
      const Location = `/api/models/${renamed}/revision/${api[2]}?blobs=true`;
      response.writeHead(307, { ...CORS, Location }).end();
      return;
    }
    if (api) return this.#list(api[1]!, response);
    // As on the real hub, large files lie elsewhere.
    const resolve = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(pathname);
    if (resolve && this.#gated.has(resolve[1]!)) {
      response.writeHead(401, { ...CORS, 'X-Error-Code': 'GatedRepo' }).end('Access is restricted');
      return;
    }
    if (resolve) {
      response.writeHead(302, { ...CORS, Location: `/cdn/${resolve[1]}/${resolve[3]}` }).end();
      return;
    }
    const cdn = /^\/cdn\/([^/]+\/[^/]+)\/(.+)$/.exec(pathname);
    const content = cdn && this.#repositories.get(cdn[1]!)?.get(cdn[2]!);
    if (!content) {
      response.writeHead(404, CORS).end('Not found');
      return;
    }
    return this.#send(cdn[2]!, content, request, response);
  }

  #list(repository: string, response: ServerResponse): void {
    const { status = 200, headers = {}, body } = this.#moods.get('api') ?? {};
    const files = this.#repositories.get(repository);
    if (!files && status === 200) {
      response.writeHead(401, CORS).end('{"error":"Invalid username or password."}');
      return;
    }
    const siblings = [...(files ?? [])].map(([path, content]) => ({
      rfilename: path,
      size: content.length,
      ...(path.endsWith('.json')
        ? {}
        : {
            lfs: { sha256: createHash('sha256').update(content).digest('hex'), size: content.length },
          }),
    }));
    response.writeHead(status, { ...CORS, 'Content-Type': 'application/json', ...headers });
    response.end(body ?? JSON.stringify({ id: repository, sha: COMMIT, siblings }));
  }

  async #send(
    path: string,
    content: Buffer,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const mood = this.#moods.get(path) ?? {};
    await mood.held;
    const { status = 200, headers = {}, body, noRanges } = mood;
    if (body !== undefined || status !== 200) {
      response.writeHead(status, { ...CORS, 'Content-Type': 'application/octet-stream', ...headers });
      response.end(body ?? '');
      return;
    }
    const range = noRanges ? null : /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const from = Number(range?.[1] ?? 0);
    const to = Math.min(range?.[2] ? Number(range[2]) : Infinity, content.length - 1);
    response.writeHead(range ? 206 : 200, {
      ...CORS,
      'Content-Type': 'application/octet-stream',
      'Content-Length': to - from + 1,
      ...(noRanges ? {} : { 'Accept-Ranges': 'bytes' }),
      ...(range ? { 'Content-Range': `bytes ${from}-${to}/${content.length}` } : {}),
      ...headers,
    });
    const stallAt = mood.stallAt !== undefined && from < mood.stallAt ? mood.stallAt : Infinity;
    const end = Math.min(mood.cutAt ?? Infinity, stallAt, to + 1);
    response.write(content.subarray(from, end));
    if (end === stallAt) return;
    if (end === to + 1) {
      response.end();
      return;
    }
    if (!mood.always) this.treat(path, mood.afterwards);
    await new Promise((resolve) => setTimeout(resolve, 200));
    response.destroy();
  }
}
