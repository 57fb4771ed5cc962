/**
 * `app://pos-bench/…`: the window's files and nothing else. The files are listed once; a request
 * names one of them or gets 404, so there is no path to climb out of the folder with.
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { protocol } from 'electron';

const scheme = 'app';
const host = 'pos-bench';
export const appOrigin = `${scheme}://${host}`;
export const startPage = `${appOrigin}/index.html`;

/**
 * Scripts, styles, fonts and images of the app itself, and pictures that were dropped on its window
 * (`blob:` is what the page itself has in hand); no network, no frames, no inline code.
 * zod runs without code generation and Svelte sets styles through the object model, so neither
 * needs an exception. https://www.w3.org/TR/CSP3/
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Before the app is ready: the scheme behaves like https (origin, modules, secure context). */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files below `folder`; where they can't be listed there is none. */
export function serveApp(folder: string): void {
  const listed = filesByUrl(folder);
  listed.catch(() => undefined);
  protocol.handle(scheme, async ({ url, method }) => {
    const { origin, host: asked, pathname } = new URL(url);
    const file = (await listed).get(pathname);
    // A custom scheme's origin is opaque to Node's URL; scheme and host are what there is.
    const ours = origin === appOrigin || (origin === 'null' && asked === host);
    if (file === undefined || !ours || method !== 'GET') return answer(404, '', 'text/plain');
    return answer(200, await readFile(file.path), file.type);
  });
}

async function filesByUrl(folder: string): Promise<Map<string, { path: string; type: string }>> {
  const files = new Map<string, { path: string; type: string }>();
  for (const name of await readdir(folder, { recursive: true })) {
    const type = contentTypes[extname(name)];
    if (type === undefined) continue;
    files.set(`/${name.split(sep).join('/')}`, { path: join(folder, name), type });
  }
  return files;
}

function answer(status: number, body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
}
