/**
 * A small web server for tests: static files under the console's strict headers, and a reverse proxy beside them, all on
 * one loopback origin. It stands for the nginx of a site: it forwards a path prefix to a box and tells the box nothing of
 * the prefix or of its own address, so absolute links in the box's answers are wrong, as they are behind many proxies.
 *
 * Every forwarded request is remembered, so that a test can count and read what a page really sent.
 */

import { createReadStream, statSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer, request as send } from 'node:http';
import { extname, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { headersWith, strictHeaders } from './policy.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Headers that concern one connection and are not forwarded. */
const connectionHeaders = new Set(['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** What a site serves. */
export interface SiteOptions {
  /** Folders by path prefix, each prefix with a slash at both ends. */
  readonly folders: Readonly<Record<string, string>>;
  /** JSON documents by exact path; they win over files. */
  readonly documents?: Readonly<Record<string, unknown>>;
  /** Addresses of boxes by path prefix, each prefix with a slash at both ends. */
  readonly boxes?: Readonly<Record<string, string>>;
  /** Keeps cookies of boxes from the browser, as a proxy that rewrites no cookie paths in effect does. */
  readonly hideCookies?: boolean;
  /** Further origins that the policy lets pages ask. */
  readonly connect?: readonly string[];
}

/** One request that was forwarded to a box. */
export interface Forwarded {
  readonly method: string;
  /** Path and query as the browser asked for them, prefix included. */
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The box's status; 502 where it did not answer, undefined while it has not yet. */
  status?: number;
}

/** A running site. */
export class Site {
  /** The origin, without a slash at the end. */
  readonly origin: string;
  /** Everything that was forwarded, in order. */
  readonly forwarded: readonly Forwarded[];
  readonly #server: Server;

  private constructor(origin: string, server: Server, forwarded: readonly Forwarded[]) {
    this.origin = origin;
    this.#server = server;
    this.forwarded = forwarded;
  }

  /** Starts a site on a free loopback port. */
  static async start(options: SiteOptions): Promise<Site> {
    const forwarded: Forwarded[] = [];
    const server = createServer((request, response) => answer(options, forwarded, request, response));
    await new Promise<void>((listening, failed) => {
      server.once('error', failed);
      server.listen(0, '127.0.0.1', listening);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('the site has no port');
    }
    return new Site(`http://127.0.0.1:${address.port}`, server, forwarded);
  }

  /** Ends the server and every connection to it. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

function answer(
  options: SiteOptions,
  forwarded: Forwarded[],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'http://site.invalid');
  for (const [prefix, address] of Object.entries(options.boxes ?? {})) {
    if (url.pathname.startsWith(prefix)) {
      const target = `${address}/${url.pathname.slice(prefix.length)}${url.search}`;
      forward(target, options.hideCookies ?? false, forwarded, request, response);
      return;
    }
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405, { Allow: 'GET, HEAD' });
    return;
  }
  const document = options.documents?.[url.pathname];
  if (document !== undefined) {
    response.writeHead(200, { ...strictHeaders, 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(document));
    return;
  }
  for (const [prefix, folder] of Object.entries(options.folders)) {
    if (`${url.pathname}/` === prefix) {
      refuse(response, 308, { Location: prefix });
      return;
    }
    if (url.pathname.startsWith(prefix)) {
      sendFile(folder, decodeURIComponent(url.pathname.slice(prefix.length)), headersWith(options.connect ?? []), request, response);
      return;
    }
  }
  refuse(response, 404);
}

function sendFile(
  folder: string,
  path: string,
  headers: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const file = resolve(folder, path === '' || path.endsWith('/') ? `${path}index.html` : path);
  const found = file.startsWith(folder + sep) ? statSync(file, { throwIfNoEntry: false }) : undefined;
  if (!found?.isFile()) {
    refuse(response, 404);
    return;
  }
  response.writeHead(200, {
    ...headers,
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    'Cache-Control': 'no-cache',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  pipeline(createReadStream(file), response, (error) => {
    if (error) {
      response.destroy(error);
    }
  });
}

function forward(
  address: string,
  hideCookies: boolean,
  forwarded: Forwarded[],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const entry: Forwarded = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      body: body.toString(),
      headers: { ...request.headers },
    };
    forwarded.push(entry);
    const target = new URL(address);
    const passed = passedHeaders(request.headers);
    const onward = send(target, { method: entry.method, headers: { ...passed, host: target.host } }, (incoming) => {
      entry.status = incoming.statusCode ?? 502;
      const headers = passedHeaders(incoming.headers);
      if (hideCookies) {
        delete headers['set-cookie'];
      }
      response.writeHead(entry.status, headers);
      pipeline(incoming, response, (error) => {
        if (error) {
          response.destroy(error);
        }
      });
    });
    onward.on('error', () => {
      entry.status = 502;
      if (response.headersSent) {
        response.destroy();
      } else {
        refuse(response, 502);
      }
    });
    onward.end(body);
  });
}

function passedHeaders(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  const passed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !connectionHeaders.has(name)) {
      passed[name] = value;
    }
  }
  return passed;
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...strictHeaders, 'Content-Type': 'text/plain; charset=utf-8', ...headers });
  response.end(`${status}\n`);
}
