/** What adbd says of the terminal in its CNXN (adb/protocol.txt): state, properties, features. */
import type { Banner } from './adb/connection.ts';
import type { Device } from './device/device.ts';

/** `device` while Android runs. */
export type AdbState = 'device' | 'recovery' | 'sideload';

/** From Android 14 on; the models here are older, so only where it is asked for. */
const DELAYED_ACK = 'delayed_ack';

export function bannerOf(device: Device, state: AdbState, delayedAck: boolean): Banner {
  const { adb, device: name, model } = device.model;
  const features = [...adb.features, ...(delayedAck ? [DELAYED_ACK] : [])];
  return {
    version: adb.version,
    maxPayloadBytes: adb.maxPayloadBytes,
    delayedAck,
    text: () =>
      `${state}::ro.product.name=${name};ro.product.model=${model};ro.product.device=${name};features=${features.join(',')}`,
  };
}
