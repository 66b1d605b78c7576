#!/bin/sh
# Makes a folder that holds a Debian the root of these namespaces (mount, pid, net: see root.ts), says which process this
# is, and stays until standard input ends. All of it goes with this process: nothing is mounted for anybody else.
#   open-root.sh over|in FOLDER PLACE ARCHIVES
# over: what is written stays in memory; in: it goes to the folder. PLACE: an empty folder. ARCHIVES: apt's packages.
set -eu
mode=$1 folder=$2 place=$3 archives=$4
# Still of the machine's own /proc: the number that the machine knows.
read -r pid _ </proc/self/stat

if [ "$mode" = over ]; then
  mount -t tmpfs -o mode=755 comptoir-proof "$place"
  mkdir "$place/changes" "$place/work" "$place/root"
  mount -t overlay -o "lowerdir=$folder,upperdir=$place/changes,workdir=$place/work" comptoir-proof "$place/root"
  cd "$place/root"
else
  mount --bind "$folder" "$place"
  cd "$place"
fi

cp -L /etc/resolv.conf /etc/hosts etc/
mkdir -p var/cache/apt/archives/partial
mount --bind "$archives" var/cache/apt/archives
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=755 run run
mount -t tmpfs -o mode=755 dev dev
for device in null zero full random urandom tty; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mkdir -p tmp/.X11-unix
chmod 1777 tmp/.X11-unix

# Not chroot: Linux makes no user namespace for a process that is in one (user_namespaces(7), EPERM), and Chromium's
# sandbox is made of them.
mkdir .machine
pivot_root . .machine
cd /
umount -l .machine
rmdir .machine
ip link set lo up

echo "$pid"
# Orphans come here, and nobody waits for them: ignored, they leave no zombie (sigaction(2), SIG_IGN). The shell itself
# would take the end of one for the end of its input.
exec env --ignore-signal=CHLD cat >/dev/null
