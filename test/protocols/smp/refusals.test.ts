import { describe, expect, it } from 'vitest';
import { decodeResponse, readResult } from '../../../native-bridge/protocols/smp/command.ts';
import { SmpError, SmpFormatError } from '../../../native-bridge/protocols/smp/errors.ts';
import { imageErase, imageUpload } from '../../../native-bridge/protocols/smp/image/index.ts';
import { echo } from '../../../native-bridge/protocols/smp/os/index.ts';
import { meaningOf } from '../../../native-bridge/protocols/smp/return-codes.ts';
import { settingRead } from '../../../native-bridge/protocols/smp/settings/index.ts';
import { shellExecute } from '../../../native-bridge/protocols/smp/shell/index.ts';
import { statisticsGroup } from '../../../native-bridge/protocols/smp/statistics/index.ts';
import { bytes } from './bytes.ts';

type Command = Parameters<typeof readResult>[0];

function reply(body: string): Uint8Array {
  const cbor = bytes(body);
  return Uint8Array.of(0x0b, 0, 0, cbor.length, 0, 0, 1, 0, ...cbor);
}

function thrownBy(command: Command, body: string): unknown {
  try {
    readResult(command, decodeResponse(reply(body)).body);
    return null;
  } catch (error) {
    return error;
  }
}

describe('a refusal', () => {
  it('in version 1 has a general code', () => {
    const error = thrownBy(settingRead, "bf 62'rc' 05 ff");
    expect(error).toBeInstanceOf(SmpError);
    expect(error).toMatchObject({
      code: 'command-refused',
      group: null,
      rc: 5,
      meaning: 'no-entry',
    });
  });

  it("in version 2 has its group's code", () => {
    const error = thrownBy(settingRead, "bf 63'err' bf 65'group' 03 62'rc' 05 ff ff");
    expect(error).toMatchObject({
      code: 'command-refused',
      group: 3,
      rc: 5,
      meaning: 'settings/root-key-not-found',
    });
  });

  it('with general code 8 says that the command is not there', () => {
    expect(thrownBy(echo, "bf 62'rc' 08 ff")).toMatchObject({
      code: 'command-unsupported',
      meaning: 'not-supported',
    });
  });

  it("with code 8 of a group is that group's, and says no such thing", () => {
    expect(thrownBy(imageErase, "bf 63'err' bf 65'group' 01 62'rc' 08 ff ff")).toMatchObject({
      code: 'command-refused',
      meaning: 'image/hash-not-found',
    });
  });

  it('of a missing statistic under the wrong group number has the right name', () => {
    expect(thrownBy(statisticsGroup, "bf 63'err' bf 65'group' 183f 62'rc' 03 ff ff")).toMatchObject(
      { group: 2, rc: 3, meaning: 'statistics/invalid-statistic-name' },
    );
  });

  it('carries the few words that a server adds', () => {
    expect(thrownBy(imageUpload, "bf 62'rc' 01 63'rsn' 64'full' ff")).toMatchObject({
      meaning: 'unknown',
      reason: 'full',
    });
  });

  it('with output beside it is a command that ran and failed', () => {
    expect(thrownBy(shellExecute, "bf 61'o' 60 62'rc' 27 ff")).toBeNull();
    expect(thrownBy(shellExecute, "bf 62'rc' 07 ff")).toMatchObject({
      meaning: 'message-too-large',
    });
  });

  it.each(["bf 62'rc' 00 ff", "bf 63'err' bf 65'group' 01 62'rc' 00 ff ff"])(
    'with code 0 is none: %s',
    (body) => {
      expect(thrownBy(imageErase, body)).toBeNull();
    },
  );

  it.each([
    "bf 62'rc' 61'5' ff",
    "bf 63'err' 05 ff",
    "bf 63'err' bf 62'rc' 05 ff ff",
    "bf 62'rc' f93e00 ff",
  ])('with a code that is no whole number is malformed: %s', (body) => {
    const error = thrownBy(imageErase, body);
    expect(error).toBeInstanceOf(SmpFormatError);
    expect(error).toMatchObject({ code: 'reply-malformed', problem: 'field-type' });
  });
});

describe('the name of a code', () => {
  it.each([
    [null, 10, 'busy'],
    [null, 13, 'version-too-new'],
    [null, 99, 'unknown'],
    [null, -1, 'unknown'],
    [0, 4, 'os/clock-not-set'],
    [1, 27, 'image/running-version-is-newer'],
    [1, 28, 'image/image-already-pending'],
    [1, 30, 'image/image-too-large'],
    [1, 34, 'image/active-slot-not-known'],
    [1, 99, 'image/unknown'],
    [2, 2, 'statistics/invalid-group'],
    [3, 3, 'settings/key-not-found'],
    [8, 3, 'files/file-not-found'],
    [8, 17, 'files/close-failed'],
    [9, 3, 'shell/empty-command'],
    [10, 4, 'enumeration/index-too-large'],
    [63, 4, 'basic/flash-erase-failed'],
    [64, 1, 'unknown'],
  ])('%s %d is %s', (group, rc, name) => {
    expect(meaningOf(group, rc)).toBe(name);
  });
});
