/** What the simulated acquirer's services answer, asked by Node's own client. */
import { X509Certificate } from 'node:crypto';
import { get as getPlain } from 'node:http';
import { get, type RequestOptions } from 'node:https';
import { describe, expect, it } from 'vitest';
import { merchantStatusSchema } from '../../../native-bridge/contract/merchant-status.ts';
import { faults } from '../../../native-bridge/simulators/acquirer/faults.ts';
import { acquirerFaultWords } from '../../../native-bridge/wording/index.ts';
import { acquirerHere, merchantNumber, type AcquirerHere } from '../../support/acquirer.ts';

interface Got {
  readonly status: number;
  readonly body: string;
}

function fetched(url: string, options: RequestOptions = {}): Promise<Got> {
  const ask = url.startsWith('https:') ? get : getPlain;
  return new Promise((resolve, reject) => {
    const request = ask(url, { agent: false, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

async function statusOf({ ready }: AcquirerHere, merchant = merchantNumber): Promise<Got> {
  return await fetched(`${ready.statusUrl}/v1/merchants/${merchant}`, { ca: ready.caPem });
}

describe('the simulated acquirer', () => {
  it('answers on all three services, trusted by its own CA only', async () => {
    const acquirer = await acquirerHere();
    const { hostUrl, knownUrl, caPem } = acquirer.ready;
    expect(await fetched(hostUrl, { ca: caPem })).toMatchObject({ status: 200 });
    expect(await fetched(knownUrl)).toMatchObject({ status: 200, body: /known answer/ });
    expect(await fetched(knownUrl.replace('known.txt', 'generate_204'))).toEqual({
      status: 204,
      body: '',
    });
    await expect(fetched(hostUrl)).rejects.toThrow(/unable to verify|issuer/);
    expect(new X509Certificate(caPem).ca).toBe(true);
  });

  it('says of a merchant what its format promises, and of another one nothing', async () => {
    const acquirer = await acquirerHere();
    const { body } = await statusOf(acquirer);
    expect(merchantStatusSchema.parse(JSON.parse(body))).toEqual(JSON.parse(body));
    expect(await statusOf(acquirer, '0')).toMatchObject({ status: 404 });
  });

  it.each(faults.filter(({ kind }) => kind === 'account').map(({ name }) => name))(
    'with %s it says something else, in the same format',
    async (fault) => {
      const acquirer = await acquirerHere();
      const well = merchantStatusSchema.parse(JSON.parse((await statusOf(acquirer)).body));
      await acquirer.control({ fault, on: true });
      const now = merchantStatusSchema.parse(JSON.parse((await statusOf(acquirer)).body));
      const differing = Object.entries(now).filter(
        ([key, value]) =>
          // Times move on by themselves.
          withoutTimes(value) !== withoutTimes(well[key as keyof typeof well]),
      );
      expect(differing.map(([key]) => key)).toHaveLength(1);
    },
  );

  it('has an order that was put in as the newest', async () => {
    const acquirer = await acquirerHere();
    await acquirer.control({ order: { orderNumber: 'T-1', state: 'unpaid' } });
    const { orders } = merchantStatusSchema.parse(JSON.parse((await statusOf(acquirer)).body));
    expect(orders[0]).toMatchObject({ orderNumber: 'T-1', state: 'unpaid', amountFen: 100 });
  });

  it('goes down and comes back at the same address', async () => {
    const acquirer = await acquirerHere();
    const { hostUrl, caPem: ca } = acquirer.ready;
    await acquirer.control({ fault: 'host:down', on: true });
    await expect(fetched(hostUrl, { ca })).rejects.toThrow(/ECONNREFUSED/);
    await acquirer.control({ fault: 'host:down', on: false });
    expect(await fetched(hostUrl, { ca })).toMatchObject({ status: 200 });
  });

  it('has words for every fault in both languages', () => {
    for (const { name } of faults) {
      const said = (locale: 'zh-CN' | 'en') =>
        acquirerFaultWords({ name, description: '' }, locale);
      expect([name, said('zh-CN')]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)]);
      expect([name, said('en')]).toEqual([name, expect.stringMatching(/\w/u)]);
    }
  });
});

const withoutTimes = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"[^"]*T[\d:.]+Z"/g, 'time');
