/** A question to the technician ends with whoever asked. */
import { describe, expect, it } from 'vitest';
import { Questions } from '../../native-bridge/operations/questions.ts';

describe('a question', () => {
  it('ends unanswered where the work is cancelled, before or while it waits', async () => {
    const questions = new Questions();
    const stop = new AbortController();
    const waiting = questions.ask('t', 600_000, stop.signal);
    stop.abort();
    expect(await waiting).toBeNull();
    expect(await questions.ask('t', 600_000, stop.signal)).toBeNull();
    expect(questions.answer('t', true)).toBe(false);
  });
});
