/** The bridge finds every request of the contract in its areas. */
import { expect, it } from 'vitest';
import { requestNamed } from '../../native-bridge/contract/request-areas.ts';
import { requests, type RequestName } from '../../native-bridge/contract/requests.ts';

const names = Object.keys(requests) as RequestName[];

it.each(names)('%s is found, with the shapes that the contract gives it', async (name) => {
  expect(await requestNamed(name)).toBe(requests[name]);
});

it('a name that is none is not found, nor is one that every object has', async () => {
  for (const name of ['noSuchRequest', 'toString', '__proto__']) {
    await expect(requestNamed(name as RequestName)).rejects.toMatchObject({
      fault: { code: 'bad-request', facts: { request: name } },
    });
  }
});
