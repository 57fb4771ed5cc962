/** The playbook with no terminal attached: a case of the merchant's, questions, answers that are kept. */
import { describe, expect, it } from 'vitest';
import { trainingMerchant } from '../../native-bridge/operations/entry-points.ts';
import { connectBox, openBench } from '../support/bench.ts';

const nobody = { terminalId: null, symptom: 'S3' } as const;

describe('a diagnosis without a terminal', () => {
  it('has a case of the merchant’s, and finds the cause by an answer', async () => {
    const { bridge } = await openBench();
    const first = await bridge.request('diagnose', { ...nobody, shop: '红灯笼面馆' });
    expect(first).toMatchObject({ terminalId: null, cause: null, routine: null });
    expect(first.questions.length).toBeGreaterThan(1);
    const { caseId } = first;
    const answers = { 'qr-payee': 'no' };
    const second = await bridge.request('diagnose', { ...nobody, caseId, answers });
    expect(second).toMatchObject({ caseId, cause: 'qr-mode' });
    expect(second.changed).toContain('qr-mode');
    const kept = await bridge.request('getCase', { caseId });
    expect(kept).toMatchObject({
      ...{ terminalId: null, portUrl: null, profile: null, identity: null },
      ...{ merchant: '红灯笼面馆', symptom: 'S3', cause: 'qr-mode' },
    });
    expect(kept.events.map(({ kind }) => kind)).toEqual(['diagnosis', 'diagnosis']);
  });

  it('says whom to turn to about a cause, what to ask and which papers to have ready', async () => {
    const { bridge } = await openBench();
    const asked = { ...nobody, symptom: 'S2' } as const;
    const { cause, support } = await bridge.request('diagnose', {
      ...asked,
      answers: { 'merchant-page': 'frozen' },
    });
    expect(cause).toBe('merchant-status');
    expect(support).toMatchObject({ who: 'merchant' });
    expect(support?.ask.length).toBeGreaterThan(0);
    expect(support?.papers.map((paper) => paper.en)).toContain('business licence (not expired)');
    const inTheShop = await bridge.request('diagnose', {
      ...asked,
      answers: { payers: 'one' },
    });
    expect(inTheShop.support).toBeNull();
  });

  it('is taken up again with its answers', async () => {
    const { bridge } = await openBench();
    const answers = { 'who-scans': 'payer' };
    const { caseId } = await bridge.request('diagnose', { ...nobody, answers });
    const { diagnosis } = await bridge.request('resumeDiagnosis', { caseId });
    expect(diagnosis).toMatchObject({ caseId, answers, symptom: 'S3' });
    expect(await bridge.request('resumeDiagnosis', {})).toEqual({ diagnosis: null });
  });

  it('knows by a profile what the model has not', async () => {
    const { bridge } = await openBench();
    const asked = { ...nobody, symptom: 'S1' } as const;
    const verdictOf = async (profile: string | null) => {
      const { findings } = await bridge.request('diagnose', { ...asked, profile });
      return findings.find(({ check }) => check === 'battery')?.verdict;
    };
    expect(await verdictOf('zephyr-generic')).toBe('not-applicable');
    expect(await verdictOf(null)).not.toBe('not-applicable');
  });

  it('takes the name from a merchant’s file, with a profile and without', async () => {
    const { bridge } = await openBench();
    const { fileId: merchantFileId } = await bridge.registerFile(trainingMerchant());
    for (const profile of [null, 'training-codebox']) {
      const { caseId } = await bridge.request('diagnose', { ...nobody, profile, merchantFileId });
      expect((await bridge.request('getCase', { caseId })).merchant).not.toBeNull();
    }
  });

  it('does not go on in a terminal’s case', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench);
    const asked = { terminalId: terminal.id, symptom: 'S3' } as const;
    const { caseId } = await bench.bridge.request('diagnose', asked);
    await expect(bench.bridge.request('diagnose', { ...nobody, caseId })).rejects.toMatchObject({
      fault: { code: 'case-unknown' },
    });
  });
});

describe('the questions', () => {
  it('are listed with their choices, those of one complaint only', async () => {
    const { bridge } = await openBench();
    const all = (await bridge.request('listQuestions', {})).questions;
    const ofS5 = (await bridge.request('listQuestions', { symptom: 'S5' })).questions;
    expect(all.find(({ id }) => id === 'who-scans')?.choices.map(({ id }) => id)).toEqual([
      ...['payer', 'merchant', 'both', 'unknown'],
    ]);
    expect(ofS5.length).toBeLessThan(all.length);
    expect(ofS5.some(({ id }) => id === 'who-scans')).toBe(false);
  });
});
