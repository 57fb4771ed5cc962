/** Frames of a camera, drawn: a code in the middle of a grey room, or only the room. */
import { modulesOf } from '../../native-bridge/pictures/codes/modules.ts';
import type { Frame } from '../../native-bridge/pictures/decoder-messages.ts';

const room = 120;
const paper = 235;
const ink = 20;

export function greyFrame(widthPixels: number, heightPixels: number): Frame {
  return { widthPixels, heightPixels, luma: new Uint8Array(widthPixels * heightPixels).fill(room) };
}

/** The code stands on paper with a quiet zone of four modules. */
export async function frameWith(text: string, modulePixels = 8): Promise<Frame> {
  const modules = await modulesOf({ text, level: 'M', damagePercent: 0 });
  const frame = greyFrame(640, 480);
  const side = (modules.length + 8) * modulePixels;
  const left = (frame.widthPixels - side) / 2;
  const top = (frame.heightPixels - side) / 2;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const row = modules[Math.floor(y / modulePixels) - 4];
      const isDark = row?.[Math.floor(x / modulePixels) - 4] === true;
      frame.luma[(top + y) * frame.widthPixels + left + x] = isDark ? ink : paper;
    }
  }
  return frame;
}

/** A film of these frames for Chromium's pretended camera (YUV4MPEG2, grey: the colour planes are 128). */
export function film(frames: readonly Frame[], framesPerSecond = 5): Buffer {
  const [{ widthPixels, heightPixels }] = frames as [Frame];
  const colour = Buffer.alloc((widthPixels / 2) * (heightPixels / 2) * 2, 128);
  const head = `YUV4MPEG2 W${widthPixels} H${heightPixels} F${framesPerSecond}:1 Ip A1:1 C420mpeg2\n`;
  return Buffer.concat([
    Buffer.from(head),
    ...frames.flatMap(({ luma }) => [Buffer.from('FRAME\n'), Buffer.from(luma), colour]),
  ]);
}
