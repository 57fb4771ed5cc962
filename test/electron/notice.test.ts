/** A notice on its way from the window to the host. */
import { expect, test } from 'vitest';
import { noticeSchema } from '../../electron/channels.ts';
import { clipNotice } from '../../renderer/state/clip-notice.ts';

const of = (title: string, text: string) => ({ title, text, terminalId: null, tab: 'flash' });

test('the host takes the longest notice once it is clipped, and takes it not as it was', () => {
  const long = of('故障'.repeat(500), 'x'.repeat(10_000));
  expect(noticeSchema.safeParse(long).success).toBe(false);
  const clipped = noticeSchema.parse(clipNotice(long));
  expect(clipped.title).toBe(`${'故障'.repeat(500).slice(0, 199)}…`);
  expect(clipped.text).toHaveLength(400);
});

test('no character is cut in two', () => {
  expect(clipNotice(of('🔧'.repeat(150), '')).title).toBe(`${'🔧'.repeat(99)}…`);
});

test('a notice that fits stays as it is', () => {
  const short = of('x'.repeat(200), 'y'.repeat(400));
  expect(clipNotice(short)).toEqual(short);
});
