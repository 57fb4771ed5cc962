/**
 * A report as a PDF: the page is printed by a hidden window that runs no script, loads nothing but the
 * page itself and its own pictures, may ask for nothing, and is gone afterwards. What is printed
 * comes from the window, so none of it is trusted here.
 */
import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type Session } from 'electron';

const timeoutMs = 60_000;
const origin = 'app://print';
/** Nobody else’s pages, and in memory only. */
const partition = 'print';
const letters =
  "font: 8px system-ui, 'PingFang SC', 'Microsoft YaHei UI', 'Noto Sans CJK SC', sans-serif";
const line = `${letters}; color: #57606a; width: 100%; padding: 0 14mm; display: flex`;

/** Fills in what Chromium knows, by class: the page's title, its number, how many there are. */
const headerTemplate = `<div style="${line}"><span class="title"></span></div>`;
const footerTemplate = `<div style="${line}; justify-content: flex-end"><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;

const inchesPerMm = 1 / 25.4;
const margins = {
  top: 18 * inchesPerMm,
  bottom: 18 * inchesPerMm,
  left: 14 * inchesPerMm,
  right: 14 * inchesPerMm,
};

/** By their addresses, while they are printed. */
const pages = new Map<string, string>();

/** Why there is no PDF, as a fault tells it. */
export class PrintError extends Error {
  override readonly name = 'PrintError';
  readonly code: 'print-failed' | 'print-timeout';
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(code: PrintError['code'], facts: PrintError['facts'], cause?: unknown) {
    super(code, { cause });
    this.code = code;
    this.facts = facts;
  }
}

/** A4 with page numbers. Throws PrintError. */
export async function printReport(html: string): Promise<Uint8Array> {
  const address = `${origin}/${randomUUID()}`;
  pages.set(address, html);
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: printSession(),
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  try {
    return await printed(window, address);
  } catch (error) {
    if (error instanceof PrintError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PrintError('print-failed', { reason }, error);
  } finally {
    pages.delete(address);
    if (!window.isDestroyed()) window.destroy();
  }
}

async function printed(window: BrowserWindow, address: string): Promise<Uint8Array> {
  const { webContents } = window;
  let deadline: NodeJS.Timeout | undefined;
  const cutOff = new Promise<never>((_resolve, reject) => {
    deadline = setTimeout(() => reject(new PrintError('print-timeout', { timeoutMs })), timeoutMs);
    webContents.once('render-process-gone', (_event, { reason }) =>
      reject(new PrintError('print-failed', { reason })),
    );
  });
  const work = async () => {
    await window.loadURL(address);
    return await webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate,
      footerTemplate,
      margins,
      generateTaggedPDF: true,
    });
  };
  try {
    return await Promise.race([work(), cutOff]);
  } finally {
    clearTimeout(deadline);
  }
}

let prepared: Session | null = null;

function printSession(): Session {
  if (prepared !== null) return prepared;
  const own = session.fromPartition(partition);
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !pages.has(url) && !url.startsWith('data:') }),
  );
  own.protocol.handle('app', ({ url }) => {
    const html = pages.get(url);
    return new Response(html ?? '', {
      status: html === undefined ? 404 : 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        'x-content-type-options': 'nosniff',
      },
    });
  });
  prepared = own;
  return own;
}
