/**
 * The codes as one HTML file that needs nothing else. On a screen one code fills it at a time, so that
 * no neighbour is read in its place; printed, they stand six to a sheet in their real size.
 */
import type { Locale } from '../../contract/common.ts';
import type { DrawnCode } from '../../contract/scanner.ts';
import { html, Html } from '../../records/report/html.ts';
import { scannerCodeWords, words } from '../../wording/index.ts';

const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; color: #1b1f24; background: #fff;
  font: 15px/22px system-ui, -apple-system, "PingFang SC", "Microsoft YaHei UI",
    "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
header { padding: 24px; max-width: 720px; margin: 0 auto; }
h1 { font-size: 20px; line-height: 28px; margin: 0 0 8px; }
p { margin: 4px 0; }
section { display: flex; flex-direction: column; align-items: center; justify-content: center;
  gap: 12px; min-height: 100vh; padding: 24px; border-top: 1px solid #d0d7de;
  break-inside: avoid; text-align: center; }
svg { display: block; }
b { font-size: 20px; line-height: 28px; }
nav { display: flex; gap: 24px; }
a { color: #0550ae; }
.quiet { color: #57606a; }
code { font: 12px/18px ui-monospace, Consolas, monospace; color: #57606a; }
@page { size: A4; margin: 12mm; }
@media print {
  header { padding: 0 0 6mm; max-width: none; }
  main { display: grid; grid-template-columns: 1fr 1fr; }
  section { min-height: 86mm; padding: 4mm; gap: 2mm; border: 1px dashed #d0d7de; margin: -0.5px; }
  nav { display: none; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

export function codesPage(codes: readonly DrawnCode[], locale: Locale): string {
  const title = words('scanner_page_title', {}, locale);
  const of = codes.length;
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>${words('scanner_page_text', {}, locale)}</p>
          <p class="quiet">${words('scanner_page_print', {}, locale)}</p>
        </header>
        <main>${codes.map((code) => codePart(code, of, locale))}</main>
      </body>
    </html> `.text;
}

function codePart(code: DrawnCode, of: number, locale: Locale): Html {
  const { number, text } = code;
  const { name, detail } = scannerCodeWords(code, locale);
  return html`<section id="code-${number}">
    <b>${words('scanner_code_number', { number, of }, locale)}</b>
    <span>${name} <span class="quiet">${detail}</span></span>
    ${svgOf(code)} <code>${text}</code>
    <nav>
      ${number > 1 ? html`<a href="#code-${number - 1}">← ${number - 1}</a>` : null}
      ${number < of ? html`<a href="#code-${number + 1}">${number + 1} →</a>` : null}
    </nav>
  </section>`;
}

function svgOf({ drawing, text }: DrawnCode): Html {
  const { sideModules: side, sideMm, path, transform, ink, ground } = drawing;
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${sideMm}mm"
    height="${sideMm}mm"
    viewBox="0 0 ${side} ${side}"
    shape-rendering="${transform === '' ? 'crispEdges' : 'geometricPrecision'}"
    role="img"
    aria-label="${text}"
  >
    <rect width="${side}" height="${side}" fill="${ground}"></rect>
    <path d="${new Html(path)}" transform="${transform}" fill="${ink}"></path>
  </svg>`;
}
