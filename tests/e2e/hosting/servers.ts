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
  /** Waits for a line of the log of who did what, and returns all lines so far. */
  noted(line: RegExp): Promise<string>;
  stop(): Promise<void>;
}

/** A simulated box behind HTTPS, at its real paths. */
export interface Box {
  readonly port: number;
  /** Its certificate, PEM: what an admin saves to have the proxy check it. */
  readonly certificate: string;
  /** The name in its certificate. */
  readonly name: string;
  stop(): Promise<void>;
}

/** What stands behind the servers. */
export interface Boxes {
  readonly north: Box;
  readonly objects: Box;
  stop(): Promise<void>;
}

/** The one account of the box at /boxes/objects/, which nobody knows who signs in there. */
export const account = { name: 'sysadmin', password: 'only-the-proxy-knows' } as const;

/** Who may come in to the box at /boxes/objects/. */
export const person = { username: 'robin', password: 'a-password-of-robins' } as const;

const basic = Buffer.from(`${account.name}:${account.password}`).toString('base64');

/** Starts the boxes: one that knows its people, and one with a single account. */
export async function startBoxes(): Promise<Boxes> {
  const [north, objects] = await Promise.all([
    startBox(['--kind', 'infinibox', '--records', '300']),
    startBox(['--kind', 'hyperstore', '--user', `${account.name}:${account.password}`]),
  ]);
  return { north, objects, stop: async () => void (await Promise.all([north.stop(), objects.stop()])) };
}

async function startBox(kind: readonly string[]): Promise<Box> {
  const program = existing(simulatorProgram, 'the simulator', 'cargo build --profile native -p boxdeck-simulator');
  const options = ['--listen', '127.0.0.1:0', ...kind, '--tls'];
  const child = new Child('the box', program, options);
  const port = Number(await child.until((said) => /^https:\/\/[^/]+:(\d+)\//m.exec(said)?.[1], 30));
  return { port, certificate: await certificateAt(port), name: 'localhost', stop: () => child.stop() };
}

/** Starts nginx with the site of `deploy/nginx`. */
export async function startNginx(boxes: Boxes): Promise<Served> {
  const site = await prepared('nginx', boxes);
  const second = await freePort();
  const values: Readonly<Record<string, string>> = {
    'listen 443 ': `listen 127.0.0.1:${site.port} `,
    'listen [::]:443 ': `listen 127.0.0.1:${second} `,
    'server_name console.storage.example;': 'server_name localhost;',
    '/etc/ssl/boxdeck/console.pem': site.certificate,
    '/etc/ssl/boxdeck/console.key': site.key,
    'alias /srv/boxdeck/;': `alias ${dist}/;`,
    '/etc/boxdeck/systems.json': resolve(site.etc, 'systems.json'),
    'server north.storage.example:443;': `server 127.0.0.1:${boxes.north.port};`,
    'proxy_ssl_name north.storage.example;': `proxy_ssl_name ${boxes.north.name};`,
    '/etc/ssl/boxdeck/north.pem': site.certificates.north,
    'include /etc/nginx/boxdeck-boxes/': 'include boxes/',
  };
  writeFileSync(resolve(site.folder, 'site.conf'), filled(readFileSync(resolve(deploy, 'nginx/boxdeck.conf'), 'utf8'), values));
  const ofAccount: Readonly<Record<string, string>> = {
    'auth_basic_user_file /etc/boxdeck/objects.people;': `auth_basic_user_file ${site.etc}/objects.people;`,
    'include /etc/boxdeck/objects.account;': `include ${site.etc}/objects.account;`,
    '/var/log/nginx/boxdeck-objects.log': resolve(site.folder, 'objects.log'),
    'https://objects.storage.example:19443/;': `https://127.0.0.1:${boxes.objects.port}/;`,
    'proxy_ssl_name objects.storage.example;': `proxy_ssl_name ${boxes.objects.name};`,
    '/etc/ssl/boxdeck/objects.pem': site.certificates.objects,
  };
  mkdirSync(resolve(site.folder, 'boxes'));
  writeFileSync(
    resolve(site.folder, 'boxes/objects.conf'),
    filled(readFileSync(resolve(deploy, 'nginx/boxdeck-account.conf'), 'utf8'), ofAccount),
  );
  const hashed = execFileSync('openssl', ['passwd', '-apr1', person.password], { encoding: 'utf8' }).trim();
  writeFileSync(resolve(site.etc, 'objects.people'), `${person.username}:${hashed}\n`);
  writeFileSync(resolve(site.etc, 'objects.account'), `proxy_set_header Authorization "Basic ${basic}";\n`);
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
  const log = resolve(site.folder, 'objects.log');
  return served('nginx', new Child('nginx', nginx, options), site.port, () => readFileSync(log, 'utf8'));
}

/** Starts Caddy with the site of `deploy/caddy`. */
export async function startCaddy(boxes: Boxes): Promise<Served> {
  const site = await prepared('caddy', boxes);
  const configuration = resolve(site.folder, 'Caddyfile');
  const global = '{\n\tadmin off\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n}\n';
  writeFileSync(configuration, `${global}import boxdeck.caddyfile\n`);
  cpSync(resolve(deploy, 'caddy/boxdeck.caddyfile'), resolve(site.folder, 'boxdeck.caddyfile'));
  const further = resolve(site.folder, 'boxdeck-boxes');
  mkdirSync(further);
  cpSync(resolve(deploy, 'caddy/boxdeck-account.caddyfile'), resolve(further, 'objects.caddyfile'));
  const hashed = execFileSync(caddy, ['hash-password', '--plaintext', person.password], { encoding: 'utf8' }).trim();
  writeFileSync(resolve(further, 'objects.people'), `${person.username} ${hashed}\n`);
  const environment = {
    BOXDECK_SITE: `https://127.0.0.1:${site.port}`,
    BOXDECK_TLS: `${site.certificate} ${site.key}`,
    BOXDECK_FILES: dist,
    BOXDECK_ETC: site.etc,
    BOXDECK_NORTH: `https://127.0.0.1:${boxes.north.port}`,
    BOXDECK_NORTH_NAME: boxes.north.name,
    BOXDECK_NORTH_CA: site.certificates.north,
    BOXDECK_OBJECTS: `https://127.0.0.1:${boxes.objects.port}`,
    BOXDECK_OBJECTS_NAME: boxes.objects.name,
    BOXDECK_OBJECTS_CA: site.certificates.objects,
    BOXDECK_OBJECTS_ACCOUNT: basic,
    XDG_CONFIG_HOME: site.folder,
    XDG_DATA_HOME: site.folder,
  };
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const options = [...variables, caddy, 'run', '--config', configuration, '--adapter', 'caddyfile'];
  return served('Caddy', new Child('Caddy', '/usr/bin/env', options), site.port, (said) => said);
}

/** Starts Python's static server with the files as they are and a `systems.json`, in a folder under `/any/place/`. */
export async function startPython(): Promise<Omit<Served, 'noted'>> {
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
  /** The files with the certificates of the boxes. */
  readonly certificates: Readonly<Record<'north' | 'objects', string>>;
  /** The folder with `systems.json`. */
  readonly etc: string;
}

async function prepared(name: string, boxes: Boxes): Promise<Site> {
  existing(resolve(dist, 'index.html'), 'the built console', 'cargo xtask dist');
  const folder = fresh(name);
  const [certificate, key] = [resolve(folder, 'console.pem'), resolve(folder, 'console.key')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  const certificates = { north: resolve(folder, 'north.pem'), objects: resolve(folder, 'objects.pem') };
  writeFileSync(certificates.north, boxes.north.certificate);
  writeFileSync(certificates.objects, boxes.objects.certificate);
  const etc = resolve(folder, 'etc');
  mkdirSync(etc);
  const { systems } = JSON.parse(readFileSync(resolve(deploy, 'systems.json'), 'utf8')) as { systems: object[] };
  const objects = { name: 'objects', label: 'Object store', kind: 'hyperstore', address: '../boxes/objects/' };
  writeFileSync(resolve(etc, 'systems.json'), JSON.stringify({ systems: [...systems, objects] }));
  return { folder, port: await freePort(), certificate, key, certificates, etc };
}

async function served(name: string, child: Child, port: number, log: (said: string) => string): Promise<Served> {
  await child.until(async () => ((await answers(port)) ? true : undefined), 20).catch((error: unknown) => {
    throw new Error(`${name} does not take what is in deploy/`, { cause: error });
  });
  const origin = `https://127.0.0.1:${port}`;
  const noted = async (line: RegExp): Promise<string> =>
    child.until((said) => (line.test(log(said)) ? log(said) : undefined), 10);
  return { origin, console: `${origin}/console/`, noted, stop: () => child.stop() };
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
