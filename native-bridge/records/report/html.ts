/**
 * HTML that can't be broken out of: the `html` tag escapes whatever is put into it, except what the
 * tag itself made. Text from devices also loses its controls and bidi marks here.
 */
import { cleanText } from '../../wording/index.ts';

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | readonly (Html | string | null)[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? '');
}

/** Lists are joined, null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, i) => text + render(parts[i] ?? null)).join(''));
}

function render(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeHtml(cleanText(part, 2048));
  if (typeof part === 'number') return escapeHtml(String(part));
  return part.map(render).join('');
}

/** A picture that the page carries in itself: base64 is of letters that need no escaping. */
export function inlinePicture(
  label: string,
  { mediaType, bytes }: { readonly mediaType: string; readonly bytes: Uint8Array },
): Html {
  const data = new Html(`data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`);
  return html`<img alt="${label}" src="${data}" />`;
}

/** Raw text of several lines, each of them cleaned; at most twelve, the rest is said to be there. */
export function rawLines(text: string): Html {
  const lines = text.slice(0, 4096).split(/\r\n|\r|\n/u);
  const shown = lines.slice(0, 12).map((line) => escapeHtml(cleanText(line, 240)));
  if (lines.length > 12) shown.push('…');
  return new Html(shown.join('\n'));
}
