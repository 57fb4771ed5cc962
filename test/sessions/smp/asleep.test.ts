/** A computer that slept while a request was out: its deadline does not fire for that time. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { echo } from '../../../native-bridge/protocols/smp/os/index.ts';
import { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import { ScriptedLine } from '../../support/scripted-line.ts';
import { sessionFault } from '../../support/session-faults.ts';
import { VirtualTime } from '../../support/virtual-time.ts';

const hourMs = 3_600_000;

/** Asked, and asleep for an hour from the next second on; `replyAfterMs` null: never answered. */
function asked(replyAfterMs: number | null, sendings: number) {
  const time = new VirtualTime();
  onTestFinished(time.install());
  const line = new ScriptedLine(
    () => (replyAfterMs === null ? null : { r: 'x' }),
    replyAfterMs ?? 0,
  );
  const session = SmpSession.open(line);
  const reply = session.request(echo, { text: 'x' }, { timeoutMs: 3_000, sendings });
  reply.catch(() => undefined);
  setTimeout(() => time.sleep(hourMs), 1_000);
  return { time, line, reply };
}

describe('a request that was out while the computer slept', () => {
  it('is answered by what came in meanwhile, though its deadline is long past', async () => {
    // After the deadline by the clock: the deadline is what wakes first.
    const { time, reply } = asked(3_500, 1);
    expect(await time.run(reply)).toEqual({ text: 'x' });
    expect(time.nowMs).toBeLessThan(hourMs + 4_000);
  });

  it('times out soon after, where nothing came', async () => {
    const { time, reply } = asked(null, 1);
    expect(await time.run(sessionFault(reply))).toMatchObject({ code: 'reply-timeout' });
    expect(time.nowMs).toBeGreaterThan(hourMs + 1_000);
    expect(time.nowMs).toBeLessThan(hourMs + 5_000);
  });

  it('is sent again as often as without the sleep', async () => {
    const { time, line, reply } = asked(null, 3);
    expect(await time.run(sessionFault(reply))).toMatchObject({ code: 'reply-timeout' });
    expect(line.requests).toHaveLength(3);
    expect(time.nowMs).toBeLessThan(hourMs + 6_000);
  });
});
