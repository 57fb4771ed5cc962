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
mkdir -p /run/node
cp -a "$LAB_PROJECT/dist/node/." /run/node
mount --bind /run/node "$LAB_PROJECT/dist/node"

# Every command compiles the same files: only the first one has to, of the first guest. What is kept is
# checked against the files, and against the processor, which is the guest's.
export NODE_COMPILE_CACHE=/run/compile-cache
mkdir -m 1777 "$NODE_COMPILE_CACHE"
cp -r "$LAB_COMPILED/." "$NODE_COMPILE_CACHE" 2>/dev/null

# Devices are told of as they come: those that every machine has are no matter here.
/lib/systemd/systemd-udevd --daemon

up() { echo "usb-lab: $1 after $(busybox cut -d' ' -f1 /proc/uptime) s"; }
up 'the system runs'
cd "$LAB_PROJECT"
"$LAB_NODE" "$LAB_TESTS/main.js" 2>&1
code=$?
up 'all was run'
cp -r "$NODE_COMPILE_CACHE" "$LAB_OUT/compiled"
echo "usb-lab: ended with $code"
sync
busybox poweroff -f
