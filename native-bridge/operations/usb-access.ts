/** What stands between us and a USB device, and how it is put aside. */
import type { Result } from '../contract/requests.ts';
import { findAdbServer, killAdbServer } from '../ports/adb-server.ts';
import { readUdevRule } from '../ports/udev-rule.ts';

export async function getAdbServer(): Promise<Result<'getAdbServer'>> {
  const server = await findAdbServer();
  if (server === null) return { server: null };
  const { version, process, devices } = server;
  const seen = devices.map(({ serialNumber, state }) => ({ serialNumber, state }));
  return { server: { version, pid: process?.pid ?? null, devices: seen } };
}

export async function stopAdbServer(): Promise<Result<'stopAdbServer'>> {
  return { stopped: await killAdbServer() };
}

export async function getUdevRule(): Promise<Result<'getUdevRule'>> {
  const { text, path, installed } = await readUdevRule();
  return { rule: text, path, installed };
}
