/** Bad manners: what a client has to survive. */
import { line } from './fault.ts';

export const lineFaults = [
  line('never-authorises', ['nobody taps on the question on its screen', '屏幕上的授权没人点']),
  line('refuses-key', ['somebody taps “cancel” on its screen', '屏幕上的授权被点了取消']),
  line('silent', ['the port opens, and nothing ever answers', '端口能开，什么都不应答']),
  line('garbage', ['the port answers with what is no ADB', '端口应答的不是 ADB']),
  line('floods', [
    'it sends text on a stream without waiting for the acknowledgement',
    '不等确认，一直往流里灌数据',
  ]),
  line('floods-messages', [
    'it sends messages for streams that nobody opened, without end',
    '不停发没人打开的流的消息',
  ]),
  line('stalls', [
    'it stops in the middle of the next output, and the stream stays open',
    '输出到一半停住，流一直开着',
  ]),
  line('closes-streams', [
    'it closes each stream in the middle of its output',
    '每个流输出到一半就关掉',
  ]),
  line('absurd-length', ['it announces a message of nearly 4 GiB', '声称一条消息有近 4 GiB']),
  line('absurd-sync-size', [
    'a file that is pulled is announced in pieces of nearly 4 GiB',
    '取文件时声称一块有近 4 GiB',
  ]),
  line('foreign-stream-ids', [
    'what belongs to one stream comes with the number of another',
    '流编号张冠李戴',
  ]),
  line('refuses-services', ['it refuses every service', '拒绝所有服务']),
  line('no-acknowledgement', ['it never acknowledges what it gets', '收到数据从不确认']),
  // From version 0x01000001 of the protocol on nobody looks at them.
  line('bad-checksum', ['the checksums of its messages are wrong', '消息校验和是错的'], ['at-700']),
  line('shell-hangs', [
    'a command hangs in the middle of a script',
    '脚本执行到一半，一条命令卡住',
  ]),
  line('cache-clear-ignored', [
    'clearing a cache alone (Android 13 and later) is silently ignored, and the command never ends',
    '单清缓存（Android 13 起）被系统忽略，命令一直不结束',
  ]),
  line('shell-denied', ['every dump is refused: no permission', '所有 dumpsys 都被拒绝']),
  line('writes-refused', [
    'a shell may set nothing: each command says so, and ends well',
    '不允许 shell 改参数：命令只在文字里说被拒，退出码仍是 0',
  ]),
  line('writes-not-taken', [
    'what a shell sets seems to be taken, and stays as it was',
    'shell 改参数看似成功，其实没变',
  ]),
  line('shell-windows-lines', ['lines end in carriage return and line feed', '行尾是回车换行']),
  line('drops-link', [
    'the connection is cut after the first kilobyte of output',
    '输出 1 KB 后断线',
  ]),
] as const;
