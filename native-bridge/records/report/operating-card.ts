/**
 * An operating card: one A4 page in both languages, to print and leave at the counter. It runs no
 * script and loads nothing.
 */
import type { InBoth, OperatingCard } from '../../contract/operating-card.ts';
import { deviceLabel, words } from '../../wording/index.ts';
import { html, Html } from './html.ts';

const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 860px; color: #1b1f24; background: #fff;
  font: 17px/26px system-ui, -apple-system, "PingFang SC", "Microsoft YaHei UI",
    "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
h1 { font-size: 28px; line-height: 36px; margin: 0; }
h2 { font-size: 19px; margin: 20px 0 4px; border-bottom: 2px solid #1b1f24; }
p { margin: 4px 0; }
ol, ul { margin: 4px 0; padding-left: 28px; }
li { margin: 6px 0; break-inside: avoid; }
.en { color: #57606a; font-size: 14px; line-height: 20px; display: block; }
h1 .en { font-size: 18px; line-height: 24px; font-weight: 500; }
h2 .en { display: inline; font-weight: 500; margin-left: 8px; }
.watch { border: 2px solid #7d4e00; border-radius: 6px; padding: 4px 12px; margin-top: 20px; }
.call { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; margin-top: 44px; }
.call div { border-top: 1px solid #1b1f24; padding-top: 4px; color: #57606a; font-size: 14px; }
footer { margin-top: 20px; color: #57606a; font-size: 12px; line-height: 18px; }
@page { size: A4; margin: 14mm; }
@media print { body { padding: 0; max-width: none; } }
`;

export function operatingCardPage(card: OperatingCard): string {
  const { title, when, parts, watch } = card;
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="viewport" content="width=device-width" />
        <title>${title['zh-CN']} · ${title.en}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <h1>${both(title)}</h1>
        <p>${both(when)}</p>
        ${parts.map(({ device, steps }) => partOf(deviceLabel(device), steps))}
        ${watch.length === 0 ? null : watchPart(watch)}
        <div class="call">
          ${(['card_call', 'card_number'] as const).map((key) => html`<div>${inBoth(key)}</div>`)}
        </div>
        <footer>${knownPart(card)}</footer>
      </body>
    </html> `.text;
}

const both = ({ 'zh-CN': chinese, en }: InBoth): Html =>
  html`${chinese} <span class="en" lang="en">${en}</span>`;

const inBoth = (key: 'card_call' | 'card_number' | 'card_watch' | 'card_mark_t' | 'card_from') =>
  both({ 'zh-CN': words(key, {}, 'zh-CN'), en: words(key, {}, 'en') });

const partOf = (device: InBoth, steps: readonly InBoth[]): Html =>
  html`<h2>${both(device)}</h2>
    <ol>
      ${steps.map((step) => html`<li>${both(step)}</li>`)}
    </ol>`;

const watchPart = (watch: readonly InBoth[]): Html =>
  html`<div class="watch">
    <p><b>${inBoth('card_watch')}</b></p>
    <ul>
      ${watch.map((one) => html`<li>${both(one)}</li>`)}
    </ul>
  </div>`;

/** What is only known in the trade says so: the acquirer's own rules go before it. */
function knownPart({ mark, source }: OperatingCard): Html {
  if (mark === 'T') return html`<p>${inBoth('card_mark_t')}</p>`;
  return html`<p>${inBoth('card_from')} ${source?.title ?? ''} ${source?.url ?? ''}</p>`;
}
