/**
 * Chinese messages are typed with whatever punctuation the keyboard gives; this turns what stands
 * beside a Chinese character into Chinese punctuation, in the message files themselves.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../native-bridge/wording/messages/', import.meta.url));
const fullWidth = new Map([
  [',', '\uff0c'],
  [';', '\uff1b'],
  [':', '\uff1a'],
  ['?', '\uff1f'],
  ['!', '\uff01'],
  ['(', '\uff08'],
  [')', '\uff09'],
]);
const chinese = /[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]/u;

/** The text with full-width punctuation beside Chinese characters, brackets in pairs. */
export function chinesePunctuation(text: string): string {
  const characters = Array.from(text);
  let changed = true;
  const put = (place: number): void => {
    const wide = fullWidth.get(characters[place] ?? '');
    if (wide === undefined) return;
    characters[place] = wide;
    changed = true;
  };
  while (changed) {
    changed = false;
    const open: number[] = [];
    for (const [place, character] of characters.entries()) {
      const beside = `${characters[place - 1] ?? ''}${characters[place + 1] ?? ''}`;
      if (chinese.test(beside)) put(place);
      if (character === '(' || character === '\uff08') open.push(place);
      if (character !== ')' && character !== '\uff09') continue;
      const pair = [open.pop() ?? place, place];
      if (pair.some((p) => chinese.test(characters[p] ?? ''))) pair.forEach(put);
    }
  }
  return characters.join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.zh-CN.json'))) {
    const before = readFileSync(folder + name, 'utf8');
    const messages = Object.entries(JSON.parse(before) as Record<string, string>);
    const after = Object.fromEntries(messages.map(([k, v]) => [k, chinesePunctuation(v)]));
    const text = `${JSON.stringify(after, null, 2)}\n`;
    if (text !== before) writeFileSync(folder + name, text);
  }
}
