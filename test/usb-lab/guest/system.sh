#!/bin/sh
# The guest as a running system: a device manager, the gadget's and the bus monitor's file systems,
# then the tests. The power goes off in any case.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
mkdir -p /dev/pts /dev/shm /run/udev /run/lock
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t configfs config /sys/kernel/config
mount -t debugfs debug /sys/kernel/debug
ip link set lo up 2>/dev/null || busybox ip link set lo up

# The build as it is now: another build on the host must not pull it away.
mkdir -p /run/dist
cp -a "$LAB_PROJECT/dist/." /run/dist
mount --bind /run/dist "$LAB_PROJECT/dist"

/lib/systemd/systemd-udevd --daemon
udevadm trigger --subsystem-match=tty
udevadm settle --timeout=20

export NODE_COMPILE_CACHE=/run/compile-cache
cd "$LAB_PROJECT"
"$LAB_NODE" test/usb-lab/guest/main.ts 2>&1
echo "usb-lab: ended with $?"
sync
busybox poweroff -f
