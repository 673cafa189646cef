#!/usr/bin/env bash
# The tools of the Debian root $1: the small programs of busybox wherever Debian's own are not there; accounts; name look-ups.
set -euo pipefail
cd "$1"
for folder in bin sbin; do [ -e $folder ] || ln -s usr/bin $folder; done
master=usr/share/base-passwd
if [ -d $master ]; then cp $master/passwd.master etc/passwd; cp $master/group.master etc/group
else echo 'root:x:0:0:root:/root:/bin/sh' > etc/passwd; echo 'root:x:0:' > etc/group; fi
echo 'hosts: files dns' > etc/nsswitch.conf
rm -rf usr/bin/perl* usr/lib/*/perl* usr/lib/*/libperl* usr/share/perl*
# busybox's shell runs its own programs before those on PATH, so bash is the shell where it is there.
[ ! -e bin/bash ] || [ -e bin/sh ] || ln -s bash bin/sh
busybox=$(find bin/ usr/bin/ -maxdepth 1 -name busybox -print -quit)
present=" $(find bin/ sbin/ usr/bin usr/sbin -maxdepth 1 -printf '%f ') "
for applet in $(chroot . "/$busybox" --list); do
  [[ $present == *" $applet "* ]] || ln -s "/$busybox" "bin/$applet"
done
