# Shared by the stages that make container images; sourced, not run.

# pack TARGET CONFIG TAG… -- LAYER…: a docker-archive with one image, made of tar files, that every engine and containerd loads.
# CONFIG is the image's "config" object as JSON. The archive lists no dates: the same input gives the same image.
pack() {
  local target=$1 config=$2 tags=() digests=() names=() folder; shift 2
  while [ "$1" != -- ]; do tags+=("\"$1\""); shift; done; shift
  folder=$(mktemp -d "$PWD/pack.XXXX")
  for layer; do
    digests+=("\"sha256:$(sha256sum < "$layer" | cut -d' ' -f1)\"")
    names+=("\"layer${#names[@]}.tar\"")
    ln -s "$(realpath "$layer")" "$folder/layer$((${#names[@]} - 1)).tar"
  done
  cat > "$folder/config.json" <<JSON
{"architecture": "$(architecture)", "os": "linux", "config": $config, "rootfs": {"type": "layers", "diff_ids": [$(commas "${digests[@]}")]}}
JSON
  cat > "$folder/manifest.json" <<JSON
[{"Config": "config.json", "RepoTags": [$(commas "${tags[@]}")], "Layers": [$(commas "${names[@]}")]}]
JSON
  tar -C "$folder" --dereference --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$target" config.json manifest.json $(ls "$folder" | grep layer)
  rm -r "$folder"
}

commas() { local IFS=,; echo "$*"; }

architecture() { case $(uname -m) in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

# layer TARGET FOLDER: the folder as a layer owned by root.
layer() { tar -C "$2" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$1" .; }
