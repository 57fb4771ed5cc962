/** Corrects a terminal until it is killed. Arguments: data folder, port, profile file, JSON of the changes. */
import { createBridge } from '../../../native-bridge/bridge.ts';

const [dataFolder = '', portUrl = '', profile = '', changes = '[]'] = process.argv.slice(2);
const bridge = await createBridge({ dataFolder, program: 'cli' });
const { fileId } = await bridge.registerFile(profile);
const { id } = await bridge.request('connect', { portUrl, profileFileId: fileId });
const asked = JSON.parse(changes) as { key: string; value: string }[];
await bridge.request('applySettings', { terminalId: id, changes: asked });
await bridge.close();
