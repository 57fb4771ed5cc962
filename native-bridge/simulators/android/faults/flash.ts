/** What goes wrong while a system is installed. */
import { flash } from './fault.ts';

const modern = ['at-900'] as const;

export const flashFaults = [
  flash('app-install-slow', [
    'Android takes long to install an app: until this is switched off, or two minutes',
    '系统装应用很慢：关掉这一项，或两分钟后才装完',
  ]),
  flash('sideload-wrong-model', [
    'recovery takes itself for another model and refuses the package',
    '恢复模式认成别的机型，拒绝升级包',
  ]),
  flash('sideload-verification-failed', [
    'recovery finds the package’s signature bad',
    '恢复模式验签不通过',
  ]),
  flash('sideload-older-refused', [
    'recovery finds the package older than what is installed',
    '恢复模式认为升级包比现有系统旧',
  ]),
  flash('sideload-dies-midway', [
    'recovery restarts when half of the package was read, once',
    '升级包读到一半，恢复模式重启一次',
  ]),
  flash('sideload-silent', [
    'recovery stops asking when a third of the package was read',
    '升级包读到三分之一，恢复模式再没动静',
  ]),
  flash('sideload-install-fails', [
    'the last step of the installation fails; the old system stays',
    '安装最后一步失败，旧系统还在',
  ]),
  flash('sideload-claims-success', [
    'recovery reports success and has installed nothing',
    '恢复模式报成功，其实没装上',
  ]),
  flash('back-late', [
    'after an installation it comes back only after minutes (--late-ms)',
    '装完几分钟后才回来',
  ]),
  flash('stays-in-recovery', [
    'after an installation it comes back in recovery',
    '装完停在恢复模式',
  ]),
  flash('dead-after-flash', [
    'after an installation it never comes back; power off and on brings the old system',
    '装完再没起来，断电重启才回到旧系统',
  ]),
  flash(
    'slot-falls-back',
    ['the new slot does not boot, and it goes back to the old one', '新分区起不来，退回旧分区'],
    modern,
  ),
  flash('other-device-after-flash', [
    'after an installation another serial number answers',
    '装完应答的是另一个序列号',
  ]),
  flash('settings-lost-all', [
    'an installation leaves the settings of a terminal that was never set up',
    '装完参数全没了',
  ]),
  flash('bootloader-locked', ['the boot loader is locked', '引导程序锁着']),
  flash('fastboot-flash-fails', [
    'writing a partition fails when it is nearly done',
    '写分区快完时失败',
  ]),
  flash('fastboot-dies-midway', [
    'the boot loader goes away in the middle of a download, once',
    '下载到一半，引导程序断开一次',
  ]),
  flash('fastboot-wrong-product', [
    'the boot loader names itself as another model',
    '引导程序自报别的机型',
  ]),
  flash('fastboot-other-serial', [
    'the boot loader tells another serial number',
    '引导程序报另一个序列号',
  ]),
  flash('fastboot-not-reached', [
    'asked for its boot loader, it comes back in its system',
    '要进引导程序，却回到了系统',
  ]),
  flash('fastboot-refuses-unlocked', [
    'the boot loader says that it is unlocked, and refuses to write all the same',
    '引导程序自称已解锁，仍拒绝写入',
  ]),
  flash('fastboot-lies-max-download', [
    'the boot loader takes a hundredth of what it says it takes at a time',
    '引导程序一次能收的只有所报的百分之一',
  ]),
  flash('fastboot-short-download', [
    'the boot loader asks for fewer bytes than were announced',
    '引导程序要的字节数比声明的少',
  ]),
  flash('fastboot-hangs', [
    'the boot loader says no more once it is to write',
    '引导程序开始写入后再不应答',
  ]),
  flash('fastboot-goes-to-system', [
    'in the middle of a download the boot loader gives up and starts the system',
    '下载到一半，引导程序放弃并启动系统',
  ]),
  flash('stays-in-bootloader', [
    'after an installation it comes back in its boot loader',
    '装完停在引导程序',
  ]),
  flash('fastboot-small-download', [
    'the boot loader takes only one MiB at a time',
    '引导程序一次只收 1 MiB',
  ]),
  flash('fastboot-short-list', [
    'the boot loader lists little of what it tells when it is asked by name',
    '引导程序只列出少数变量，其余要按名称查询',
  ]),
  flash('fastboot-no-partition-type', [
    'the boot loader does not tell what its partitions hold',
    '引导程序不报分区类型',
  ]),
] as const;
