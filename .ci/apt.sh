# Sourced: apt_install PACKAGE... installs where that may be done (root or passwordless sudo, Debian or Ubuntu), else fails.

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; then
    as_root="sudo -n"
else
    as_root="no"
fi

may_apt() {
    [ "$as_root" != no ] && command -v apt-get >/dev/null 2>&1
}

apt_install() {
    may_apt || return 1
    echo "Installing with apt: $*"
    # The lists may be old or absent; try without fetching them first.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    $as_root apt-get update -qq >/dev/null 2>&1 || true
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
