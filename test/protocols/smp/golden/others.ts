/** Statistics, shell, enumeration and the basic group. */
import { eraseStorage } from '../../../../native-bridge/protocols/smp/basic/index.ts';
import * as enumeration from '../../../../native-bridge/protocols/smp/enumeration/index.ts';
import { shellExecute } from '../../../../native-bridge/protocols/smp/shell/index.ts';
import * as statistics from '../../../../native-bridge/protocols/smp/statistics/index.ts';
import { golden } from './golden.ts';

export const othersGolden = [
  golden(statistics.statisticsList, {
    says: 'the statistics groups, beside rc 0',
    source: 'recorded',
    sequence: 13,
    params: undefined,
    request: '0800 0001 0002 0d 01  a0',
    reply: `0900 0045 0002 0d 01  bf 62'rc' 00 69'stat_list' 9f 6f'flash_sim_stats'
      74'flash_sim_thresholds' 6d'smp_svr_stats' ff ff`,
    result: { names: ['flash_sim_stats', 'flash_sim_thresholds', 'smp_svr_stats'] },
  }),
  golden(statistics.statisticsGroup, {
    says: 'one statistics group',
    source: 'recorded',
    sequence: 14,
    params: { name: 'smp_svr_stats' },
    request: "0800 0014 0002 0e 00  a1 64'name' 6d'smp_svr_stats'",
    reply: `0900 0029 0002 0e 00  bf 64'name' 6d'smp_svr_stats' 66'fields' bf
      65'ticks' 03 62's1' 00 ff ff`,
    result: {
      name: 'smp_svr_stats',
      fields: new Map<string, number | bigint>([
        ['ticks', 3],
        ['s1', 0],
      ]),
    },
  }),
  golden(statistics.statisticsGroup, {
    says: 'a statistic of 64 bits',
    source: 'derived',
    sequence: 15,
    params: { name: 'x' },
    request: "0800 0008 0002 0f 00  a1 64'name' 61'x'",
    reply: `0900 001c 0002 0f 00  bf 64'name' 61'x' 66'fields' a1 61'c' 1bffffffffffffffba ff`,
    result: {
      name: 'x',
      fields: new Map<string, number | bigint>([['c', 0xffff_ffff_ffff_ffban]]),
    },
  }),
  golden(shellExecute, {
    says: 'a shell command',
    source: 'recorded',
    sequence: 30,
    params: { argv: ['kernel', 'version'] },
    request: "0a00 0016 0009 1e 00  a1 64'argv' 82 66'kernel' 67'version'",
    reply: `0b00 0023 0009 1e 00  bf 61'o' 78 18 0d0a 'Zephyr version 3.5.0' 0d0a 63'ret' 00 ff`,
    result: { output: '\r\nZephyr version 3.5.0\r\n', exitCode: 0 },
  }),
  golden(shellExecute, {
    says: 'a shell command that is not there',
    source: 'recorded',
    sequence: 31,
    params: { argv: ['xyzzy'] },
    request: "0a00 000d 0009 1f 00  a1 64'argv' 81 65'xyzzy'",
    reply: `0b00 0031 0009 1f 00  bf 61'o' 78 26 0d0a 1b'[1;31mxyzzy: command not found' 0d0a 1b'[m'
      63'ret' 27 ff`,
    result: { output: '\r\n\u001b[1;31mxyzzy: command not found\r\n\u001b[m', exitCode: -8 },
  }),
  golden(shellExecute, {
    says: 'a shell command whose exit code comes as rc, as older servers do',
    source: 'derived',
    version: 1,
    sequence: 32,
    params: { argv: ['xyzzy'] },
    request: "0200 000d 0009 20 00  a1 64'argv' 81 65'xyzzy'",
    reply: "0300 0009 0009 20 00  bf 61'o' 60 62'rc' 27 ff",
    result: { output: '', exitCode: -8 },
  }),
  golden(enumeration.groupCount, {
    says: 'how many groups',
    source: 'derived',
    sequence: 33,
    params: undefined,
    request: '0800 0001 000a 21 00  a0',
    reply: "0900 0009 000a 21 00  bf 65'count' 08 ff",
    result: { count: 8 },
  }),
  golden(enumeration.groupList, {
    says: 'which groups',
    source: 'derived',
    sequence: 34,
    params: undefined,
    request: '0800 0001 000a 22 01  a0',
    reply: "0900 000f 000a 22 01  bf 66'groups' 9f 00 01 183f ff ff",
    result: { groups: [0, 1, 63] },
  }),
  golden(enumeration.groupSingle, {
    says: 'the group at an index',
    source: 'derived',
    sequence: 35,
    params: { index: 1 },
    request: "0800 0008 000a 23 02  a1 65'index' 01",
    reply: "0900 000f 000a 23 02  bf 65'group' 183f 63'end' f5 ff",
    result: { group: 63, last: true },
  }),
  golden(enumeration.groupDetails, {
    says: 'names of two groups, one of which says nothing of itself',
    source: 'derived',
    sequence: 36,
    params: { groups: [0, 63] },
    request: "0800 000c 000a 24 03  a1 66'groups' 82 00 183f",
    reply: `0900 0035 000a 24 03  bf 66'groups' 9f
      bf 65'group' 00 64'name' 67'os mgmt' 68'handlers' 09 ff bf 65'group' 183f ff ff ff`,
    result: {
      groups: [
        { group: 0, name: 'os mgmt', handlers: 9 },
        { group: 63, name: null, handlers: null },
      ],
    },
  }),
  golden(eraseStorage, {
    says: 'erasing the storage',
    source: 'recorded',
    version: 1,
    sequence: 73,
    params: undefined,
    request: '0200 0001 003f 49 00  a0',
    reply: '0300 0002 003f 49 00  bf ff',
    result: undefined,
  }),
];
