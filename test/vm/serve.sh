# The system of a virtual machine: does what the host asks for, and ends the machine when the host has gone. A request is a line with a directory and a
# number of seconds: the file run in it is then run for so long at most. It gets the file in, and leaves out, err and, in a line on the same port, its status.
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t tmpfs -o mode=755 tmpfs /run
/bin/busybox mkdir /run/bin
/bin/busybox --install -s /run/bin
export PATH=/usr/sbin:/usr/bin:/run/bin HOME=/root LC_ALL=C.UTF-8
mount -t sysfs sys /sys
mount -t cgroup2 cgroup /sys/fs/cgroup
mount -t tmpfs -o mode=1777 tmpfs /tmp
mkdir -p /dev/pts /dev/shm
mount -t devpts pts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
ip link set lo up
# What the host shares has the same path here and there.
for word in $(cat /proc/cmdline); do
  case $word in
    share=*) share=${word#share=} ;;
  esac
done
mkdir -p "$share"
mount --bind /share "$share"
# Every audit record, however fast they come.
echo 0 >/proc/sys/kernel/printk_ratelimit
echo off >/proc/sys/kernel/printk_devkmsg 2>/dev/null
# What containerd's service gives its runtimes: a soft limit below the hard one, which Go's runtime raises, and puts back before it executes a program.
ulimit -Hn 524288
ulimit -Sn 1024

mkdir -p /run/rootfs/bin /run/rootfs/dev /run/rootfs/proc /run/rootfs/sys /run/rootfs/tmp /run/rootfs/usr
chmod 1777 /run/rootfs/tmp
ln -s usr/lib /run/rootfs/lib
ln -s usr/lib64 /run/rootfs/lib64
cp /bin/busybox /run/rootfs/bin/busybox
# Hard links: a symbolic one would lead to the /usr of the machine.
/run/rootfs/bin/busybox --install /run/rootfs/bin

serve() {
  cd "$1" || exit
  name=/run/$(basename "$1")
  in=/dev/null
  [ ! -s in ] || { in=$name.in && cp in "$in"; }
  timeout -k 5 "$2" sh ./run >"$name.out" 2>"$name.err" <"$in"
  status=$?
  cp "$name.out" out
  cp "$name.err" err
  rm -f "$name.out" "$name.err" "$name.in"
  echo "ended $1 $status" >&3
}

for name in /sys/class/virtio-ports/*/name; do
  [ "$(cat "$name")" != requests ] || port=/dev/$(basename "$(dirname "$name")")
done
exec 3<>"$port"
echo "ready $(uname -r)" >&3
while read -r directory seconds <&3; do
  serve "$directory" "$seconds" &
done
poweroff -f
