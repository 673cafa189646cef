#!/usr/bin/env bash
# Takes out of the Debian root $1 what no container reads.
set -euo pipefail
cd "$1"
rm -rf usr/share/{doc,man,info,locale,lintian,bash-completion,bug,icons,fonts,X11,gcc} usr/lib/*/gconv var/cache/apt var/lib/apt/lists/* var/log/{apt,dpkg.log,bootstrap.log} boot
