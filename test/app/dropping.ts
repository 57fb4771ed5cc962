/** Files dropped onto the window, as the system's file manager drops them. */
import type { RunningApp } from './harness.ts';

/** Onto the element with this handle, near its beginning. */
export async function drop(
  { page, at }: RunningApp,
  testId: string,
  files: readonly string[],
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const box = await at(testId).boundingBox();
  const place = { x: (box?.x ?? 0) + 300, y: (box?.y ?? 0) + 200 };
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...place, data });
  }
  await session.detach();
}
