/** Flashes whose cable is pulled, and terminals that come back elsewhere. */
import assert from 'node:assert/strict';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import type {
  FlashProgress,
  FlashResult,
  FlashVerdict,
} from '../../../native-bridge/contract/firmware.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { CodeBox } from './code-box.ts';
import { test, until, type Trial } from './harness.ts';
import { openBridge } from './product.ts';
import { image, vendorKey, vendorProfile } from './vendor.ts';

interface State {
  readonly slots: readonly ({ readonly version: string } | null)[];
  readonly active: number;
}

const profile = vendorProfile('lab-codebox');

test('a cable pulled at any point of a flash leaves a true verdict, and the next flash finishes', async (trial) => {
  const bridge = await openBridge(trial);
  const box = await oldBox(trial, '1.0.0');
  for (const [index, { at, verdicts }] of pulls.entries()) {
    const version = `1.0.${index + 1}`;
    await attempt(trial, at.toString(), async () => {
      const cut = await flash(bridge, box, version, pulled(box, at));
      trial.note(`${at.toString()}: ${JSON.stringify(cut)}`);
      assert.ok(verdicts.includes(cut.verdict), `${cut.verdict} ${cut.state.key}`);
      await saysWhatIsThere(box, cut);
      // On trial and unconfirmed, it goes back when its power goes; only then it takes the image again.
      if (cut.failedPhase === 'confirm') await box.tell({ repower: true });
      box.plugCable();
      const again = await flash(bridge, box, version);
      trial.note(`again: ${JSON.stringify(again)}`);
      assert.deepEqual([again.verdict, again.runningVersion], ['done', version]);
    });
  }
});

test('a cable pulled while the terminal restarts may be put back while the flash still waits', async (trial) => {
  const bridge = await openBridge(trial);
  const box = await oldBox(trial, '1.0.0');
  let turn = 0;
  const result = await flash(bridge, box, '1.1.0', (progress) => {
    if (progress.phase !== 'restart' || box.restarts === 0) return;
    turn += 1;
    if (turn === 1) box.pullCable();
    if (turn === 4) box.plugCable();
  });
  assert.ok(turn >= 4);
  assert.deepEqual([result.verdict, result.runningVersion], ['done', '1.1.0']);
});

test('a terminal that comes back after the deadline is done late', async (trial) => {
  const bridge = await openBridge(trial);
  const options = ['--firmware', image('1.0.0'), '--key', vendorKey, '--swap-ms', '9000'];
  const box = await CodeBox.start(trial, { options });
  const hasty = vendorProfile('lab-hasty', [], 2_000);
  const result = await flash(bridge, box, '1.1.0', undefined, hasty);
  assert.equal(result.verdict, 'unknown');
  const { settledFlash } = await connect(bridge, box, hasty);
  const { verdict, confirmed, runningVersion } = settledFlash ?? {};
  assert.deepEqual([verdict, confirmed, runningVersion], ['done-late', true, '1.1.0']);
});

/**
 * Where the cable goes, and what may be said of it; while it restarts, see above. Every other point is
 * tested without a bus (test/operations); here it is the drivers' part that counts: while sending,
 * asking and proving.
 */
const pulls: readonly { at: (progress: FlashProgress) => boolean; verdicts: FlashVerdict[] }[] = [
  { at: (p) => p.phase === 'upload' && sent(p) > 0.1, verdicts: ['unknown', 'nothing-changed'] },
  { at: (p) => p.phase === 'upload' && sent(p) > 0.8, verdicts: ['unknown', 'nothing-changed'] },
  { at: (p) => p.phase === 'activate', verdicts: ['unknown', 'nothing-changed'] },
  { at: (p) => p.phase === 'confirm', verdicts: ['unknown'] },
];

function sent({ sentBytes, totalBytes }: FlashProgress): number {
  return (sentBytes ?? 0) / (totalBytes ?? 1);
}

function pulled(box: CodeBox, at: (progress: FlashProgress) => boolean) {
  let done = false;
  return (progress: FlashProgress) => {
    if (done || !at(progress)) return;
    done = true;
    box.pullCable();
  };
}

async function attempt(trial: Trial, point: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    trial.note(`at ${point}`);
    throw error;
  }
}

/** The verdict claims nothing that the terminal does not bear out. */
async function saysWhatIsThere(box: CodeBox, result: FlashResult): Promise<void> {
  const { slots, active } = (await box.tell({ state: true })) as unknown as State;
  const running = slots[active]?.version;
  if (result.verdict === 'nothing-changed') assert.equal(running, result.fromVersion);
  if (result.runningVersion !== null) assert.equal(running, result.runningVersion);
  assert.notEqual(result.fault, null);
  assert.notEqual(result.failedPhase, null);
}

function oldBox(trial: Trial, version: string): Promise<CodeBox> {
  const options = ['--firmware', image(version), '--key', vendorKey, '--swap-ms', '1500'];
  return CodeBox.start(trial, { options });
}

/** As a technician after a cable, who tries until it answers. */
async function connect(bridge: Bridge, box: CodeBox, profileFile: string): Promise<Terminal> {
  const portUrl = await box.tty();
  const profileFileId = (await bridge.registerFile(profileFile)).fileId;
  return await until('the terminal answering', () =>
    bridge.request('connect', { portUrl, profileFileId }).catch(() => null),
  );
}

/** Connects anew, and flashes. */
export async function flash(
  bridge: Bridge,
  box: CodeBox,
  version: string,
  onProgress: (progress: FlashProgress) => void = () => undefined,
  profileFile = profile,
): Promise<FlashResult> {
  const terminal = await connect(bridge, box, profileFile);
  const fileId = (await bridge.registerFile(image(version))).fileId;
  const asked = { terminalId: terminal.id, fileId };
  const plan = await bridge.request('planFlash', asked);
  const accepted = { acceptedSha256: plan.image.fileSha256, allow: allowed(plan.blockers) };
  return await bridge.request('flash', { ...asked, ...accepted }, { onProgress });
}

/** What a cut flash leaves behind and a technician allows: a key not shipped, a trial unconfirmed. */
function allowed(blockers: readonly { code: string; allowable: boolean }[]): string[] {
  return blockers.filter(({ allowable }) => allowable).map(({ code }) => code);
}
