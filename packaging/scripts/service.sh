# What the scripts of deb and rpm do with a running service; packaging/deb/build and packaging/rpm/build put it into them.
configuration=/etc/keepalived/keepalived.conf
unit=keepalived.service

under_systemd() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1; }

# What systemd says of the unit's property $1.
property() { systemctl show --property="$1" "$unit" 2>/dev/null | sed 's/^[^=]*=//'; }

# The process of a daemon that no systemd looks after, when it is ours: of this version or of the one that has just been replaced.
daemon_pid()
{
    pid=$(cat /run/keepalived.pid 2>/dev/null) && [ -n "$pid" ] || return 1
    case $(readlink "/proc/$pid/exe" 2>/dev/null) in
        /usr/sbin/keepalived-aot | '/usr/sbin/keepalived-aot (deleted)') echo "$pid" ;;
        *) return 1 ;;
    esac
}

# A service that was masked while it ran could be killed, and then not be started.
can_start_unit()
{
    [ "$(property LoadState)" = masked ] || return 0
    echo "keepalived-aot: the daemon was not restarted, as $unit is masked: the former version goes on." >&2
    return 1
}

# Whether the new program runs with the configuration of the running one, process $1: `plan` with one file twice ends with 3 when no daemon would.
# A configuration that it runs with, complaints in the log or not, is good enough.
can_restart()
{
    options=$(tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null) || return 1
    file=$(echo "$options" | sed -n -e '/^\(-f\|--use-file\)$/{n;p;}' -e 's/^\(-f\|--use-file=\)\(.\)/\2/p' | tail -n 1)
    id=$(echo "$options" | sed -n -e '/^\(-i\|--config-id\)$/{n;p;}' -e 's/^\(-i\|--config-id=\)\(.\)/\2/p' | tail -n 1)
    : "${file:=$configuration}"
    status=0
    keepalived-aot plan "$file" --from "$file" ${id:+--config-id "$id"} >/dev/null 2>&1 || status=$?
    [ $status -ne 0 ] || return 0
    echo "keepalived-aot: this version does not run with $file ('keepalived-aot check $file' tells why)," >&2
    echo "keepalived-aot: so the daemon was not restarted: the former version goes on." >&2
    return 1
}

# Whether process $1 is gone, or nothing is left of it but what its parent has to collect. A first thread that is a zombie is not enough: while another
# one is dying the process has its files still, and the lock of the PID file, with which no other daemon starts.
has_ended()
{
    [ -e "/proc/$1" ] || return 0
    [ "$(sed 's/^.*) \(.\).*/\1/' "/proc/$1/stat" 2>/dev/null)" = Z ] && [ "$(echo "/proc/$1/task/"*)" = "/proc/$1/task/$1" ]
}

# A daemon that is killed does not say goodbye. Started again before the others' timers run out, about three advertisement intervals, it goes on as
# MASTER with the addresses, which were never away: no packet is lost and no other router changes its state. Where that takes too long another router
# takes over, as after every crash. A restart with SIGTERM hands the role over instead, and takes it back a little later.
#
#   end_at_once PID COMMAND...      until the process is gone, some seconds at most; COMMAND kills it
end_at_once()
{
    ending=$1
    shift
    "$@" || return 1
    tries=0
    while ! has_ended "$ending" && [ $tries -lt 250 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
}

# Kills the service's main process and waits until systemd has seen it, or has started the next one already.
kill_unit()
{
    main=$(property MainPID)
    [ "${main:-0}" -gt 1 ] || return 1
    end_at_once "$main" systemctl kill --kill-who=main --signal=KILL "$unit"
    tries=0
    while [ "$(property MainPID)" = "$main" ] && [ $tries -lt 50 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
}
