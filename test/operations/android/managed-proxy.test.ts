/** A proxy that the app managing the terminal has set is named and left alone; any other is taken away. */
import { expect, it } from 'vitest';
import { androidModels, connectAndroid } from '../../support/android-terminal.ts';

const key = 'network.proxy';

it.each(androidModels)(
  'on the %s it is named beside the setting, and never written',
  async (model) => {
    const terminal = await connectAndroid(model, ['proxy-managed']);
    const { bridge, terminalId } = terminal;
    const facts = { proxy: '10.9.8.7:3128', owner: 'net.shopmdm.agent' };
    const fault = { code: 'proxy-managed', facts };
    const { rows } = await bridge.request('readSettings', { terminalId });
    expect(rows.find((row) => row.key === key)?.byHand).toMatchObject(fault);
    const changes = [{ key, value: ':0' }];
    const apply = () => bridge.request('applySettings', { terminalId, changes });
    await expect(apply()).rejects.toMatchObject({ fault });
    expect((await terminal.read(key))[key]?.value).toBe('10.9.8.7:3128');
    await terminal.setFault('proxy-managed', false);
    expect(await apply()).toMatchObject({ outcome: 'applied' });
  },
);
