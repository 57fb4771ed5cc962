#!/bin/sh
# The guest's first program: loads the modules, puts a writable layer over the host's root (which
# stays untouched) and goes on in there. Whatever fails ends the guest: the host shows the console.
set -e
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
. /lab.env

for module in /modules/*.ko; do
  case "$module" in
    *-dummy_hcd.ko) insmod "$module" num=4 ;;
    *) insmod "$module" ;;
  esac
done

shared=trans=virtio,version=9p2000.L,msize=262144
mount -t 9p -o "$shared,ro,cache=loose" hostroot /host
mount -t tmpfs scratch /scratch
mkdir /scratch/upper /scratch/work
mount -t overlay -o lowerdir=/host,upperdir=/scratch/upper,workdir=/scratch/work root /newroot
for folder in dev proc sys; do mount -o move "/$folder" "/newroot/$folder"; done
mount -t tmpfs run /newroot/run
mkdir -p "/newroot$LAB_OUT"
mount -t 9p -o "$shared,cache=none" results "/newroot$LAB_OUT"
exec switch_root /newroot /bin/sh "$LAB_PROJECT/test/usb-lab/guest/system.sh"
