/** The QR view: a code typed, from the terminal's screen and from pictures, with and without a terminal. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixture, png } from '../pictures/support.ts';
import { connect, plugIn } from './code-box.ts';
import { drop } from './dropping.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { picture } from './pictures.ts';

/** The specification's example with one letter of it changed. */
const broken =
  '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN' +
  '5914BEST TRANSPORD6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***' +
  '0708A60086670902ME91320016A0112233449988770708123456786304A13A';

const stage = (app: RunningApp, state: string) =>
  app.page.locator(`[data-testid="qr"][data-state="${state}"]`).waitFor();
const told = async ({ at }: RunningApp, testId: string) =>
  (await at(testId).allTextContents()).map((text) => text.replaceAll(/\s+/gu, ' ').trim());

async function choose(app: RunningApp, path: string): Promise<void> {
  await app.willChoose(path);
  await app.at('qr-choose').click();
}

/** As a hand does it, with a file of the disk. */
test('a typed code is told field by field, its faults first, without a terminal', async () => {
  const app = await startApp();
  const { at, page } = app;
  await at('rail-qr').click();
  await stage(app, 'empty');
  await picture(app, '20-qr-empty');

  await at('qr-text').fill(broken);
  await at('qr-text').press('Enter');
  await stage(app, 'done');
  expect(await told(app, 'qr-fault-line')).toEqual([
    expect.stringMatching(/^fail ?Checksum A13A is wrong: it should be [0-9A-F]{4}$/i) as string,
  ]);
  expect(await page.locator('[data-testid="qr-field"][data-mark="fail"]').count()).toBe(1);
  const language = page.locator('[data-testid="qr-field"][data-path="64.01"]');
  expect(await language.textContent()).toContain('最佳运输');
  await picture(app, '21-qr-broken');

  // What pays is not left standing.
  await at('qr-text').fill('134567890123456789');
  await at('qr-inspect').click();
  await expect.poll(() => at('qr-code-text').textContent()).toBe('13****************');
  expect(await at('qr-text').inputValue()).toBe('');
  expect(await page.locator('body').textContent()).not.toContain('134567890');

  await at('qr-text').fill('https://qr.alipay.com@evil.example/\u202Egnp');
  await at('qr-inspect').click();
  await expect
    .poll(() => at('qr-code-text').textContent())
    .toBe('https://qr.alipay.com@evil.example/⟨U+202E⟩gnp');
  await picture(app, '22-qr-deceiving');

  await at('qr-text').fill('7'.repeat(10_000));
  expect(await told(app, 'qr-too-long')).toEqual(['A code holds at most 7,089 characters']);
  expect(await at('qr-inspect').isDisabled()).toBe(true);
  expect(app.complaints).toEqual([]);
});

test('the code on a terminal’s screen is laid beside the terminal', async () => {
  const box = await plugIn(['qr-payload-foreign']);
  const app = await startApp();
  const { at, page } = app;
  await connect(app, box);
  await at('tab-qr').click();
  await picture(app, '23-qr-terminal');
  await at('qr-take').click();
  await stage(app, 'done');
  const [first] = await page.locator('[data-testid="qr-comparison"]').all();
  expect(await first?.getAttribute('data-topic')).toBe('qr_topic_merchant_number');
  expect(await first?.getAttribute('data-verdict')).toBe('fail');
  expect(await told(app, 'qr-seen')).toEqual([expect.stringMatching(/^Shown by/) as string]);
  await picture(app, '24-qr-foreign');

  // Its sticker is another terminal's; the same view, from a file, says so beside this terminal.
  await choose(app, fixture('photo.jpg'));
  await page.locator('[data-topic="qr_topic_address"]').waitFor();
  expect(await at('qr-code').getAttribute('data-kind')).toBe('address');
});

test('the codes of a picture are listed by place, and marked in the one that was dropped', async () => {
  const app = await startApp();
  const { at, page } = app;
  await at('rail-qr').click();
  await choose(app, fixture('ten-codes.png'));
  await stage(app, 'done');
  expect(await at('qr-pick').count()).toBe(10);
  expect(await at('qr-corners').count()).toBe(10);
  expect(await page.locator('figure img').count()).toBe(0);
  await at('qr-pick').nth(7).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => at('qr-code-text').textContent()).toBe('https://qr.alipay.com/fkx7');
  await picture(app, '25-qr-chosen-picture');

  await drop(app, 'qr', [fixture('ten-codes.png')]);
  const image = page.locator('figure img');
  await image.waitFor();
  await expect.poll(() => image.evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBe(1320);
  await picture(app, '26-qr-dropped-picture');

  await drop(app, 'qr', [fixture('photo.jpg'), fixture('code.gif')]);
  await at('qr-refused').waitFor();
  expect(await told(app, 'qr-refused')).toEqual(['One picture at a time']);
  expect(app.complaints).toEqual([]);
});

test('a picture that can’t be looked at is refused in a sentence, whatever it is', async () => {
  const app = await startApp();
  const { at, page } = app;
  await at('rail-qr').click();
  await choose(app, fixture('no-code.png'));
  await stage(app, 'none');
  await picture(app, '27-qr-no-code');

  const bomb = join(temporaryFolder(), 'bomb.png');
  writeFileSync(bomb, png(60_000, 60_000, new Uint8Array(10)));
  for (const [path, code] of [
    [fixture('code.webp'), 'picture-unknown'],
    [bomb, 'picture-too-large'],
    [temporaryFolder(), 'file-unreadable'],
  ] as const) {
    await drop(app, 'qr', [path]);
    await page.locator(`[data-testid="qr"] [data-code="${code}"]`).waitFor();
  }
  await drop(app, 'qr', [bomb]);
  await page.locator('[data-code="picture-too-large"]').waitFor();
  await picture(app, '28-qr-bomb');

  // What the page made up itself has no path.
  await at('qr').evaluate((view) => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], '/etc/passwd', { type: 'image/png' }));
    view.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
  });
  await at('qr-refused').waitFor();
  expect(await told(app, 'qr-refused')).toEqual([
    expect.stringMatching(/no file on this/) as string,
  ]);
});

test('a picture that takes long is stopped half way, and the next one is read', async () => {
  const app = await startApp();
  const { at } = app;
  await at('rail-qr').click();
  const slow = join(temporaryFolder(), 'noise.bmp');
  writeFileSync(slow, noise(6_000));
  await choose(app, slow);
  await at('qr-stop').waitFor();
  await picture(app, '29-qr-reading');
  await at('qr-stop').click();
  await stage(app, 'empty');
  await choose(app, fixture('photo.jpg'));
  await stage(app, 'done');
  expect(app.complaints).toEqual([]);
});

/** A BMP of this many grey pixels each way, in which every search goes on to its end. */
function noise(pixels: number): Buffer {
  const head = Buffer.alloc(14 + 40 + 1024);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(head.length + pixels * pixels, 2);
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(pixels, 18);
  head.writeInt32LE(pixels, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(8, 28);
  head.writeUInt32LE(256, 46);
  for (let grey = 0; grey < 256; grey++) head.fill(grey, 54 + grey * 4, 57 + grey * 4);
  return Buffer.concat([head, randomBytes(pixels * pixels)]);
}
