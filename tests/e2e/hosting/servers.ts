/**
 * The servers of `deploy/`, as programs of the test's own on loopback: no service, no root. What is in `deploy/` is used
 * as it stands; only the values that its comments call yours are filled in.
 */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { connect } from 'node:tls';
import { Child } from '../support/children.ts';
import { deploy, dist, existing, output, simulatorProgram } from '../support/places.ts';
import { answers, freePort } from './ports.ts';
import { caddy, nginx, nginxBrotli } from './programs.ts';

/** A running server. */
export interface Served {
  readonly origin: string;
  /** Where the console is, with a slash at the end. */
  readonly console: string;
  stop(): Promise<void>;
}

/** A simulated InfiniBox behind HTTPS, at its real paths. */
export interface Box {
  readonly port: number;
  /** Its certificate, PEM: what an admin saves to have the proxy check it. */
  readonly certificate: string;
  /** The name in its certificate. */
  readonly name: string;
  stop(): Promise<void>;
}

/** Starts the box. */
export async function startBox(): Promise<Box> {
  const program = existing(simulatorProgram, 'the simulator', 'cargo build --profile native -p boxdeck-simulator');
  const options = ['--listen', '127.0.0.1:0', '--kind', 'infinibox', '--records', '300', '--tls'];
  const child = new Child('the box', program, options);
  const port = Number(await child.until((said) => /^https:\/\/[^/]+:(\d+)\//m.exec(said)?.[1], 30));
  return { port, certificate: await certificateAt(port), name: 'localhost', stop: () => child.stop() };
}

/** Starts nginx with the site of `deploy/nginx`. */
export async function startNginx(box: Box): Promise<Served> {
  const site = await prepared('nginx', box);
  const second = await freePort();
  const values: Readonly<Record<string, string>> = {
    'listen 443 ': `listen 127.0.0.1:${site.port} `,
    'listen [::]:443 ': `listen 127.0.0.1:${second} `,
    'server_name console.storage.example;': 'server_name localhost;',
    '/etc/ssl/boxdeck/console.pem': site.certificate,
    '/etc/ssl/boxdeck/console.key': site.key,
    'alias /srv/boxdeck/;': `alias ${dist}/;`,
    '/etc/boxdeck/systems.json': resolve(site.etc, 'systems.json'),
    'server north.storage.example:443;': `server 127.0.0.1:${box.port};`,
    'proxy_ssl_name north.storage.example;': `proxy_ssl_name ${box.name};`,
    '/etc/ssl/boxdeck/north.pem': site.boxCertificate,
  };
  writeFileSync(resolve(site.folder, 'site.conf'), filled(readFileSync(resolve(deploy, 'nginx/boxdeck.conf'), 'utf8'), values));
  mkdirSync(resolve(site.folder, 'snippets'));
  for (const snippet of ['boxdeck-headers.conf', 'boxdeck-box.conf']) {
    cpSync(resolve(deploy, 'nginx', snippet), resolve(site.folder, 'snippets', snippet));
  }
  // What Debian's nginx.conf gives, for one process that writes only here.
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const main = [
    // Started by root it would become a user who may not read the checkout.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `load_module ${nginxBrotli};`,
    'daemon off;',
    'worker_processes 1;',
    'pid nginx.pid;',
    'error_log stderr;',
    'events {}',
    'http {',
    '  access_log off;',
    '  default_type application/octet-stream;',
    ...temporary.map((name) => `  ${name}_temp_path ${site.folder}/temporary-${name};`),
    '  include site.conf;',
    '}',
  ];
  const configuration = resolve(site.folder, 'nginx.conf');
  writeFileSync(configuration, main.join('\n'));
  const options = ['-e', 'stderr', '-p', site.folder, '-c', configuration];
  return served('nginx', new Child('nginx', nginx, options), site.port);
}

/** Starts Caddy with the site of `deploy/caddy`. */
export async function startCaddy(box: Box): Promise<Served> {
  const site = await prepared('caddy', box);
  const configuration = resolve(site.folder, 'Caddyfile');
  const global = '{\n\tadmin off\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n}\n';
  writeFileSync(configuration, `${global}import ${resolve(deploy, 'caddy/boxdeck.caddyfile')}\n`);
  const environment = {
    BOXDECK_SITE: `https://127.0.0.1:${site.port}`,
    BOXDECK_TLS: `${site.certificate} ${site.key}`,
    BOXDECK_FILES: dist,
    BOXDECK_ETC: site.etc,
    BOXDECK_NORTH: `https://127.0.0.1:${box.port}`,
    BOXDECK_NORTH_NAME: box.name,
    BOXDECK_NORTH_CA: site.boxCertificate,
    XDG_CONFIG_HOME: site.folder,
    XDG_DATA_HOME: site.folder,
  };
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const options = [...variables, caddy, 'run', '--config', configuration, '--adapter', 'caddyfile'];
  return served('Caddy', new Child('Caddy', '/usr/bin/env', options), site.port);
}

/** Starts Python's static server with the files as they are and a `systems.json`, in a folder under `/any/place/`. */
export async function startPython(): Promise<Served> {
  const folder = fresh('python');
  const place = resolve(folder, 'any/place');
  cpSync(dist, place, { recursive: true });
  cpSync(resolve(deploy, 'systems.json'), resolve(place, 'systems.json'));
  const port = await freePort();
  const options = ['-m', 'http.server', '--bind', '127.0.0.1', '--directory', folder, String(port)];
  const child = new Child('Python', 'python3', options);
  const origin = `http://127.0.0.1:${port}`;
  await child.until(async () => ((await answers(port)) ? true : undefined), 20);
  return { origin, console: `${origin}/any/place/`, stop: () => child.stop() };
}

/** What both servers need on the disk. */
interface Site {
  readonly folder: string;
  readonly port: number;
  readonly certificate: string;
  readonly key: string;
  readonly boxCertificate: string;
  /** The folder with `systems.json`. */
  readonly etc: string;
}

async function prepared(name: string, box: Box): Promise<Site> {
  existing(resolve(dist, 'index.html'), 'the built console', 'cargo xtask dist');
  const folder = fresh(name);
  const [certificate, key] = [resolve(folder, 'console.pem'), resolve(folder, 'console.key')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  const boxCertificate = resolve(folder, 'north.pem');
  writeFileSync(boxCertificate, box.certificate);
  const etc = resolve(folder, 'etc');
  mkdirSync(etc);
  cpSync(resolve(deploy, 'systems.json'), resolve(etc, 'systems.json'));
  return { folder, port: await freePort(), certificate, key, boxCertificate, etc };
}

async function served(name: string, child: Child, port: number): Promise<Served> {
  await child.until(async () => ((await answers(port)) ? true : undefined), 20).catch((error: unknown) => {
    throw new Error(`${name} does not take what is in deploy/`, { cause: error });
  });
  const origin = `https://127.0.0.1:${port}`;
  return { origin, console: `${origin}/console/`, stop: () => child.stop() };
}

/** Puts values into a configuration; each must stand there, so that nothing is tested that is not shipped. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((result, [sample, value]) => {
    const parts = result.split(sample);
    if (parts.length !== 2) {
      throw new Error(`'${sample}' stands ${parts.length - 1} times in the configuration, and not once`);
    }
    return parts.join(value);
  }, text);
}

function fresh(name: string): string {
  // Two workers of the tests may run the same server.
  const folder = resolve(output, 'hosting', `${name}-${process.env['TEST_PARALLEL_INDEX'] ?? '0'}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function certificateAt(port: number): Promise<string> {
  const raw = await new Promise<Buffer>((done, failed) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const { raw: bytes } = socket.getPeerCertificate();
      socket.end();
      done(bytes);
    });
    socket.once('error', failed);
  });
  const lines = raw.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
