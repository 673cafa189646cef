# Shared by the stages that unpack Debian's packages; sourced, not run.

# The machine's own Debian mirror; empty (mmdebstrap's default) where its apt names none.
mirror() {
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m 1 -E '/debian/?$' || true
}

# debian VARIANT PACKAGES TARGET [OPTION…]: PACKAGES of $SUITE with all they depend on, as a tar file.
debian() {
  local variant=$1 packages=$2 target=$3; shift 3
  # A testing release file that is past its date still carries good signatures.
  alone mmdebstrap --variant="$variant" --include="${packages// /,}" --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Retries "3"' \
    "$@" "$SUITE" "$target" $(mirror)
}

# As root in a mount namespace of its own: what it mounts is gone with it, whatever ends it, and nobody deletes files through a forgotten mount.
alone() { if [ "$(id -u)" = 0 ]; then unshare --mount "$@"; else "$@"; fi; }
