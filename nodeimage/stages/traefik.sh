#!/usr/bin/env bash
# Traefik, with a copy of the module lego $LEGO (certificates by ACME) whose DNS providers are left out.
set -euo pipefail
provided=$(GOTOOLCHAIN=local go mod download -json "github.com/go-acme/lego/v5@v$LEGO" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
cp -r "$provided" lego
chmod -R u+w lego
rm lego/providers/dns/*_test.go
cp "$RECIPE/go/traefik/dns_providers.go.txt" lego/providers/dns/zz_gen_dns_providers.go
. "$RECIPE/stages/go.sh"
