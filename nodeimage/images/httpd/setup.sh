#!/usr/bin/env bash
# Lays the Debian root $1 with Apache out as Docker Hub's httpd image: everything under /usr/local/apache2, logs to the standard streams.
set -euo pipefail
cd "$1"
here=$(dirname "$0")
prefix=usr/local/apache2
rm bin/httpd  # busybox's
rm -rf usr/lib/*/libicu* usr/lib/apache2/modules/mod_{proxy_html,xml2enc,lua}.so  # 30 MB that only these modules want
mkdir -p usr/local/bin $prefix/{bin,conf,htdocs,logs,cgi-bin}
install -m 755 "$here/httpd" $prefix/bin/httpd
ln -s /usr/lib/apache2/modules $prefix/modules
install -m 755 "$here/httpd-foreground" usr/local/bin/httpd-foreground
cp "$here/httpd.conf" $prefix/conf/httpd.conf
cp etc/mime.types $prefix/conf/mime.types
echo '<html><body><h1>It works!</h1></body></html>' > $prefix/htdocs/index.html
