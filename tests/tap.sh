# What the kinds of tests that are shell scripts share: one line for each check (TAP), and the counts that tests/run reads.
# To be sourced.
# shellcheck shell=bash

passed=0 failed=0 skipped=0

_number() { echo $(( passed + failed + skipped )); }

# not_ok's further arguments, what was seen, go below the line, as TAP comments.
ok() { passed=$(( passed + 1 )); echo "ok $(_number) - $1"; }
skip() { skipped=$(( skipped + 1 )); echo "ok $(_number) - $1 # SKIP $2"; }
not_ok()
{
    failed=$(( failed + 1 ))
    echo "not ok $(_number) - $1"
    shift
    printf '%s\n' "$@" | tail -n 40 | sed 's/^/# /'
}

# check NAME COMMAND...: passes when the command succeeds; shows its output when not.
check()
{
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "$output"; fi
}

# Prints the counts and ends the script.
finish()
{
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}

# The binary for this machine, as `make build` leaves it.
built_binary()
{
    local rid=linux-x64
    [ "$(uname -m)" != aarch64 ] || rid=linux-arm64
    realpath -m "${BASH_SOURCE[0]%/*}/../artifacts/$rid/keepalived-aot"
}
