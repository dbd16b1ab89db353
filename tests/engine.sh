# A container engine for tests, ours alone: its data is a temporary folder, its network, mounts and processes are namespaces that end with
# it. Nothing of an engine that the machine already runs is used or touched. To be sourced after tap.sh; `work` is a folder of the caller's.
# shellcheck shell=bash disable=SC2154

engine='' engine_daemon='' engine_cgroup=keepalived-aot-test-$$

# Prints what is missing on this machine, if so.
engine_missing()
{
    local tool
    [ "$(id -u)" -eq 0 ] || { echo 'a container engine needs root'; return; }
    for tool in dockerd docker iptables "$@"; do
        command -v "$tool" >/dev/null || { echo "$tool is not installed"; return; }
    done
}

start_engine()
{
    local driver=overlay2
    # Overlays do not stack.
    [ "$(stat -f -c %T "$work")" != overlayfs ] || driver=vfs
    mkdir "$work/data" "$work/exec"
    # With --kill-child the engine's whole process namespace ends when this script's `unshare` does.
    setpriv --pdeathsig KILL unshare --net --mount --propagation slave --pid --fork --kill-child=KILL --mount-proc sh -c '
        ip link set lo up
        exec dockerd --host "unix://$1/socket" --data-root "$1/data" --exec-root "$1/exec" --pidfile "$1/pid" \
            --storage-driver "$2" --bip 172.31.239.1/24 --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$3"' \
        sh "$work" "$driver" "$engine_cgroup" >"$work/log" 2>&1 </dev/null &
    engine=$!
    # The classic builder and no configuration of the user's: what a bare Debian has.
    export DOCKER_HOST=unix://$work/socket DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0 DOCKER_CONFIG=$work/config
    unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH COMPOSE_FILE
    for _ in $(seq 100); do
        if docker version >/dev/null 2>&1; then
            engine_daemon=$(ps -o pid= --ppid "$engine" | tr -d ' ')
            return 0
        fi
        kill -0 "$engine" 2>/dev/null || break
        sleep 0.3
    done
    tail -n 20 "$work/log"
    return 1
}

stop_engine()
{
    [ -n "$engine" ] || return 0
    if [ -n "$engine_daemon" ] && kill -TERM "$engine_daemon" 2>/dev/null; then
        for _ in $(seq 100); do
            kill -0 "$engine" 2>/dev/null || break
            sleep 0.1
        done
    fi
    kill -KILL "$engine" 2>/dev/null
    wait "$engine" 2>/dev/null
    # The engine leaves the folder of its control groups behind.
    find /sys/fs/cgroup -depth -type d -path "*/$engine_cgroup*" -exec rmdir {} + 2>/dev/null
    return 0
}
