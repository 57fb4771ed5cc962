/** The history narrowed down: by terminal, merchant, ticket number, cause and time. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Params, ParamsInput, Result } from '../../../native-bridge/contract/requests.ts';
import type { CaseEvent } from '../../../native-bridge/contract/case.ts';
import { openFor, identity, temporaryFolder } from '../../records/support.ts';
import type { Records } from '../../../native-bridge/records/records.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecords } from '../../../native-bridge/records/records.ts';
import { listCases, listCaseValues } from '../../../native-bridge/operations/cases.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ticket = (number: string): CaseEvent => ({
  kind: 'ticket',
  atUtc: new Date().toISOString(),
  number,
});

async function filled(records: Records): Promise<void> {
  const terminal = await records.upsertTerminal(identity, 'tcp://127.0.0.1:1', 'code-box');
  await records.nameTerminal(terminal.id, 'Counter 2');
  const merchants = ['Red Lantern Noodles', '红灯笼面馆', 'مطعم الفانوس', '100%_off 🏮', null];
  for (const merchant of merchants) {
    const { id } = await records.openCase({
      terminalId: merchant === null ? null : terminal.id,
      portUrl: merchant === null ? null : 'tcp://127.0.0.1:1',
      profile: 'code-box',
      identity: merchant === null ? null : identity,
      merchant,
      symptom: null,
    });
    if (merchant === '红灯笼面馆') {
      await records.appendEvent(id, ticket('GD20260701-118'));
      await records.closeCase(id);
    }
  }
}

let records: Records;
beforeAll(async () => {
  records = await openRecords({ dataFolder: mkdtempSync(join(tmpdir(), 'pos-bench-search-')) });
  await filled(records);
  return () => records.close();
});

const all = {
  serialNumber: null,
  merchant: null,
  sinceUtc: null,
  untilUtc: null,
  cause: null,
  flashVerdict: null,
  text: null,
  state: null,
  limit: 100,
  after: null,
} as const;
const found = async (filter: Partial<ParamsInput<'listCases'>>) => {
  const { cases, total } = await listCases({ records } as never, { ...all, ...filter } as never);
  expect(total).toBe(cases.length);
  return cases.map(({ merchant }) => merchant);
};

describe('a search finds a case', () => {
  it.each([
    ['by a word of the merchant’s name, capitals or not', 'LANTERN', ['Red Lantern Noodles']],
    ['by words in any order', 'noodles red', ['Red Lantern Noodles']],
    ['in Chinese', '灯笼', ['红灯笼面馆']],
    ['in Arabic', 'الفانوس', ['مطعم الفانوس']],
    ['by an emoji', '🏮', ['100%_off 🏮']],
    ['by signs that mean something to a database', '%_', ['100%_off 🏮']],
    ['by its ticket number', 'gd20260701', ['红灯笼面馆']],
    ['by terminal and merchant together', 'CB-0113 灯笼', ['红灯笼面馆']],
    ['not by what stands nowhere', "' OR 1=1 --", []],
  ])('%s', async (_how, text, expected) => {
    expect(await found({ text })).toEqual(expected);
  });

  it('by the terminal’s nickname, serial number and model', async () => {
    for (const text of ['counter 2', 'cb-0113', 'code box']) {
      expect(await found({ text })).toHaveLength(4);
    }
  });

  it('by whether the visit goes on', async () => {
    expect(await found({ state: 'closed' })).toEqual(['红灯笼面馆']);
    expect(await found({ state: 'open' })).toHaveLength(4);
  });
});

it('counts what is beyond the limit', async () => {
  const asked = { ...all, limit: 2 };
  const { cases, total } = await listCases({ records } as never, asked);
  expect([cases.length, total]).toEqual([2, 5]);
});

it('lists the next page from where the last one ended, each case once', async () => {
  const pages: string[][] = [];
  let after: { id: string; openedUtc: string } | null = null;
  do {
    const asked: Params<'listCases'> = { ...all, limit: 2, after };
    const page: Result<'listCases'> = await listCases({ records } as never, asked);
    expect(page.total).toBe(5);
    pages.push(page.cases.map(({ id }) => id));
    after = page.cases.at(-1) ?? null;
  } while (after !== null);
  const { cases } = await listCases({ records } as never, all);
  expect(pages.map(({ length }) => length)).toEqual([2, 2, 1, 0]);
  expect(pages.flat()).toEqual(cases.map(({ id }) => id));
});

it('tells which causes and verdicts stand in the history, each once', async () => {
  const own = await openFor(temporaryFolder());
  expect(await listCaseValues({ records: own } as never)).toEqual({
    causes: [],
    flashVerdicts: [],
  });
});
