/** When the program may look for a newer version of itself. */
import { expect, test } from 'vitest';
import { channelFor, readFeed, writeFeed } from '../../build/packaging/update-feed.ts';
import { updaterIn } from '../../electron/update-feed.ts';
import { temporaryFolder } from '../records/support.ts';
import { Updates, type Updater } from '../../electron/updates.ts';

/** An updater whose answers come when the test gives them. */
function bench({ wanted = true, feed = true } = {}) {
  const calls: string[] = [];
  let checked = Promise.withResolvers<string | null>();
  let fetched = Promise.withResolvers<undefined>();
  const updater: Updater = {
    check: () => {
      calls.push('check');
      checked = Promise.withResolvers();
      return checked.promise;
    },
    download: async (signal) => {
      calls.push('download');
      fetched = Promise.withResolvers();
      signal.addEventListener('abort', () => fetched.reject(new Error('cancelled')));
      await fetched.promise;
    },
    install: () => calls.push('install'),
  };
  const choice = { wanted };
  const states: string[] = [];
  const updates = new Updates({
    load: feed ? () => Promise.resolve(updater) : null,
    wanted: () => choice.wanted,
    onState: ({ state }) => states.push(state),
    note: () => undefined,
  });
  const said = async (state: string) => {
    await expect.poll(() => updates.state.state).toBe(state);
  };
  const called = async (what: string) => {
    await expect.poll(() => calls.at(-1)).toBe(what);
  };
  return {
    updates,
    calls,
    choice,
    said,
    called,
    answer: (version: string | null) => checked.resolve(version),
    fail: () => checked.reject(new Error('no way')),
    arrive: () => fetched.resolve(undefined),
  };
}

test('nothing is looked for while it is off, nor in a package without an address', async () => {
  const off = bench({ wanted: false });
  off.updates.look();
  await off.said('off');
  const none = bench({ feed: false });
  none.updates.look();
  expect(none.updates.state).toEqual({ feed: 'none', state: 'off', version: null });
  expect([...off.calls, ...none.calls]).toEqual([]);
});

test('a newer version is fetched, and installed only when asked', async () => {
  const { updates, calls, called, said, answer, arrive } = bench();
  updates.look();
  await called('check');
  answer('0.2.0');
  await called('download');
  expect(await updates.install()).toBe(false);
  arrive();
  await said('ready');
  expect(calls).toEqual(['check', 'download']);
  expect(updates.state.version).toBe('0.2.0');
  expect(await updates.install()).toBe(true);
  expect(calls.at(-1)).toBe('install');
});

test('while work runs nothing is looked for; afterwards it is', async () => {
  const { updates, calls, called, said, answer } = bench();
  updates.setBusy(true);
  updates.look();
  await said('waiting');
  expect(calls).toEqual([]);
  updates.setBusy(false);
  await called('check');
  answer(null);
  await said('newest');
});

test('what is being fetched when work begins is given up, and fetched again afterwards', async () => {
  const { updates, calls, called, said, answer, arrive } = bench();
  updates.look();
  await called('check');
  answer('0.2.0');
  await called('download');
  updates.setBusy(true);
  await said('waiting');
  updates.setBusy(false);
  await called('check');
  answer('0.2.0');
  await called('download');
  arrive();
  await said('ready');
  expect(calls).toEqual(['check', 'download', 'check', 'download']);
});

test('an answer that comes while work runs starts nothing', async () => {
  const { updates, calls, called, said, answer } = bench();
  updates.look();
  await called('check');
  updates.setBusy(true);
  answer('0.2.0');
  await said('waiting');
  expect(calls).toEqual(['check']);
});

test('what is ready is not installed while work runs', async () => {
  const { updates, calls, called, said, answer, arrive } = bench();
  updates.look();
  await called('check');
  answer('0.2.0');
  await called('download');
  arrive();
  await said('ready');
  updates.setBusy(true);
  expect(await updates.install()).toBe(false);
  expect(calls).not.toContain('install');
});

test('switched off it stops; an address that does not answer is said and asked again at the next look', async () => {
  const { updates, calls, choice, called, said, answer, fail } = bench();
  updates.look();
  await called('check');
  choice.wanted = false;
  updates.look();
  answer('0.2.0');
  await said('off');
  choice.wanted = true;
  updates.look();
  await expect.poll(() => calls.length).toBe(2);
  fail();
  await said('failed');
});

test('the address is fixed in the package, and is HTTPS or none', async () => {
  const resources = temporaryFolder();
  expect(updaterIn(resources, resources)).toBe(null);
  await writeFeed(resources, readFeed('https://updates.example.org/pos-bench/'), 'latest');
  expect(updaterIn(resources, resources)).not.toBe(null);
  await writeFeed(resources, 'http://updates.example.org/', 'latest');
  expect(updaterIn(resources, resources)).toBe(null);
  for (const address of [
    'http://a.example/',
    'https://u:p@a.example/',
    'a.example',
    'https://a.example/?x=1',
  ]) {
    expect(() => readFeed(address)).toThrow('--feed');
  }
});

test('on Windows each processor asks for its own newest version', () => {
  const channels = ['x64', 'arm64'].map((arch) => channelFor({ platform: 'win32', arch }));
  expect(new Set(channels).size).toBe(2);
  // Elsewhere the builder tells them apart itself.
  expect(channelFor({ platform: 'linux', arch: 'arm64' })).toBe('latest');
});
