#!/usr/bin/env bash
# Lays the Debian root $1 with nginx out as Docker Hub's nginx image: its document root, its configuration, its logs.
set -euo pipefail
cd "$1"
here=$(dirname "$0")
rm -rf etc/nginx/{sites-available,sites-enabled,snippets,modules-enabled} var/www usr/share/nginx/modules-available usr/lib/nginx/modules/*
echo 'nginx:x:101:101:nginx:/nonexistent:/bin/false' >> etc/passwd
echo 'nginx:x:101:' >> etc/group
mkdir -p etc/nginx/conf.d usr/share/nginx/html var/log/nginx var/lib/nginx var/cache/nginx run
cp "$here/nginx.conf" etc/nginx/nginx.conf
cp "$here/default.conf" etc/nginx/conf.d/default.conf
cp "$here"/{index,50x}.html usr/share/nginx/html/
rm -f usr/share/nginx/html/index.nginx-debian.html
ln -sf /dev/stdout var/log/nginx/access.log
ln -sf /dev/stderr var/log/nginx/error.log
