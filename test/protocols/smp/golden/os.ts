import * as os from '../../../../native-bridge/protocols/smp/os/index.ts';
import { golden } from './golden.ts';

const pool: os.MemoryPool = { blockBytes: 292, blocks: 12, freeBlocks: 9, minFreeBlocks: 7 };

export const osGolden = [
  golden(os.echo, {
    says: 'echo',
    source: 'recorded',
    sequence: 1,
    params: { text: 'hi' },
    request: "0a00 0006 0000 01 00  a1 61'd' 62'hi'",
    reply: "0b00 0007 0000 01 00  bf 61'r' 62'hi' ff",
    result: { text: 'hi' },
  }),
  golden(os.echo, {
    says: 'echo in version 1',
    source: 'recorded',
    version: 1,
    sequence: 38,
    params: { text: 'hi' },
    request: "0200 0006 0000 26 00  a1 61'd' 62'hi'",
    reply: "0300 0007 0000 26 00  bf 61'r' 62'hi' ff",
    result: { text: 'hi' },
  }),
  golden(os.taskStatistics, {
    says: 'task statistics, without stacks and with a negative priority',
    source: 'recorded',
    sequence: 3,
    params: undefined,
    request: '0800 0001 0000 03 02  a0',
    reply: `0900 00ba 0000 03 02  bf 65'tasks' bf
      6b'uart_mcumgr' bf 64'prio' 0a 63'tid' 00 65'state' 1880 ff
      6a'mcumgr smp' bf 64'prio' 03 63'tid' 01 65'state' 1880 ff
      68'sysworkq' bf 64'prio' 20 63'tid' 02 65'state' 02 ff
      6b'shell_dummy' bf 64'prio' 0e 63'tid' 03 65'state' 02 ff
      64'idle' bf 64'prio' 0f 63'tid' 04 65'state' 00 ff
      64'main' bf 64'prio' 00 63'tid' 05 65'state' 10 ff ff ff`,
    result: {
      tasks: new Map([
        ['uart_mcumgr', task(10, 0, 128)],
        ['mcumgr smp', task(3, 1, 128)],
        ['sysworkq', task(-1, 2, 2)],
        ['shell_dummy', task(14, 3, 2)],
        ['idle', task(15, 4, 0)],
        ['main', task(0, 5, 16)],
      ]),
    },
  }),
  golden(os.taskStatistics, {
    says: 'task statistics with everything Zephyr can tell',
    source: 'derived',
    sequence: 4,
    params: undefined,
    request: '0800 0001 0000 04 02  a0',
    reply: `0900 0067 0000 04 02  bf 65'tasks' bf 64'main' bf 64'prio' 07 63'tid' 00 65'state' 02
      66'stksiz' 190100 66'stkuse' 1880 67'runtime' 1a00010000 66'cswcnt' 05
      6c'last_checkin' 00 6c'next_checkin' 00 ff ff ff`,
    result: {
      tasks: new Map([
        [
          'main',
          {
            ...task(7, 0, 2),
            stackSizeWords: 256,
            stackUsedWords: 128,
            runtimeTicks: 65536,
            contextSwitches: 5,
          },
        ],
      ]),
    },
  }),
  golden(os.memoryPools, {
    says: 'memory pools as documented, beside rc 0',
    source: 'derived',
    sequence: 5,
    params: undefined,
    request: '0800 0001 0000 05 03  a0',
    reply: `0900 002d 0000 05 03  bf 67'msys_01' bf
      66'blksiz' 190124 65'nblks' 0c 65'nfree' 09 63'min' 07 ff 62'rc' 00 ff`,
    result: { pools: new Map([['msys_01', pool]]) },
  }),
  golden(os.memoryPools, {
    says: "memory pools in Mynewt's own map",
    source: 'derived',
    sequence: 6,
    params: undefined,
    request: '0800 0001 0000 06 03  a0',
    reply: `0900 002f 0000 06 03  a1 66'mpools' a1 67'msys_01' a4
      66'blksiz' 190124 65'nblks' 0c 65'nfree' 09 63'min' 07`,
    result: { pools: new Map([['msys_01', pool]]) },
  }),
  golden(os.dateTimeGet, {
    says: 'date and time, without a zone',
    source: 'derived',
    sequence: 7,
    params: undefined,
    request: '0800 0001 0000 07 04  a0',
    reply: "0900 001f 0000 07 04  bf 68'datetime' 73'2026-11-22T21:52:27' ff",
    result: { dateTime: '2026-11-22T21:52:27' },
  }),
  golden(os.dateTimeGet, {
    says: 'date and time with microseconds and an offset',
    source: 'derived',
    sequence: 8,
    params: undefined,
    request: '0800 0001 0000 08 04  a0',
    reply: "0900 002d 0000 08 04  bf 68'datetime' 7820'2026-11-22T21:52:27.000123+08:00' ff",
    result: { dateTime: '2026-11-22T21:52:27.000123+08:00' },
  }),
  golden(os.dateTimeSet, {
    says: 'setting date and time',
    source: 'derived',
    sequence: 9,
    params: { dateTime: '2026-11-22T21:52:27' },
    request: "0a00 001e 0000 09 04  a1 68'datetime' 73'2026-11-22T21:52:27'",
    reply: '0b00 0002 0000 09 04  bf ff',
    result: undefined,
  }),
  golden(os.reset, {
    says: 'reset',
    source: 'recorded',
    sequence: 232,
    params: {},
    request: '0a00 0001 0000 e8 05  a0',
    reply: '0b00 0002 0000 e8 05  bf ff',
    result: undefined,
  }),
  golden(os.reset, {
    says: 'reset by force into another boot mode',
    source: 'derived',
    sequence: 10,
    params: { force: true, bootMode: 1 },
    request: "0a00 0013 0000 0a 05  a2 65'force' f5 69'boot_mode' 01",
    reply: "0b00 0006 0000 0a 05  bf 62'rc' 00 ff",
    result: undefined,
  }),
  golden(os.parameters, {
    says: 'parameters',
    source: 'recorded',
    sequence: 6,
    params: undefined,
    request: '0800 0001 0000 06 06  a0',
    reply: "0900 0019 0000 06 06  bf 68'buf_size' 190400 69'buf_count' 04 ff",
    result: { bufferBytes: 1024, bufferCount: 4 },
  }),
  golden(os.osInfo, {
    says: 'info, the default',
    source: 'recorded',
    sequence: 7,
    params: {},
    request: '0800 0001 0000 07 07  a0',
    reply: "0900 0010 0000 07 07  bf 66'output' 66'Zephyr' ff",
    result: { output: 'Zephyr' },
  }),
  golden(os.osInfo, {
    says: 'info, all of it',
    source: 'recorded',
    sequence: 8,
    params: { format: 'a' },
    request: "0800 000a 0000 08 07  a1 66'format' 61'a'",
    reply: `0900 0068 0000 08 07  bf 66'output' 785d'Zephyr unknown 2778dcde0601 3.5.0 '
      'Sun Nov 22 21:52:27 2026 posix unknown native_sim_64 Zephyr' ff`,
    result: {
      output:
        'Zephyr unknown 2778dcde0601 3.5.0 Sun Nov 22 21:52:27 2026 posix unknown native_sim_64 Zephyr',
    },
  }),
  golden(os.bootloaderInfo, {
    says: 'boot loader info',
    source: 'recorded',
    sequence: 9,
    params: { query: null },
    request: '0800 0001 0000 09 08  a0',
    reply: "0900 0015 0000 09 08  bf 6a'bootloader' 67'MCUboot' ff",
    result: { bootloader: 'MCUboot', mode: null, noDowngrade: false },
  }),
  golden(os.bootloaderInfo, {
    says: "the boot loader's mode",
    source: 'recorded',
    sequence: 10,
    params: { query: 'mode' },
    request: "0800 000c 0000 0a 08  a1 65'query' 64'mode'",
    reply: "0900 0008 0000 0a 08  bf 64'mode' 03 ff",
    result: { bootloader: null, mode: 3, noDowngrade: false },
  }),
  golden(os.bootloaderInfo, {
    says: "the boot loader's mode where it does not know, with downgrade prevention",
    source: 'derived',
    sequence: 11,
    params: { query: 'mode' },
    request: "0800 000c 0000 0b 08  a1 65'query' 64'mode'",
    reply: "0900 0016 0000 0b 08  bf 64'mode' 20 6c'no-downgrade' f5 ff",
    result: { bootloader: null, mode: -1, noDowngrade: true },
  }),
];

function task(priority: number, id: number, state: number): os.TaskStatistics {
  const unknown = {
    stackUsedWords: null,
    stackSizeWords: null,
    contextSwitches: null,
    runtimeTicks: null,
  };
  return { priority, id, state, ...unknown };
}
