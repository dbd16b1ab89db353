# What /lib/functions.sh of OpenWrt does with UCI, for tests: config_load, config_get, config_get_bool, config_foreach, config_list_foreach.
# shellcheck shell=dash

_set() { eval "CONFIG_$1_$2=\$3"; }
_value() { eval "_found=\"\${CONFIG_$1_$2-}\""; }

config_load()
{
    CONFIG_SECTIONS='' _count=0
    [ -f "/etc/config/$1" ] || return 1
    while read -r line; do
        # Quotation marks are the shell's.
        eval "set -- $line"
        case ${1-} in
            config)
                _count=$(( _count + 1 ))
                _now=${3-cfg$_count}
                CONFIG_SECTIONS="$CONFIG_SECTIONS $_now"
                _set "$_now" TYPE "$2"
                ;;
            option) _set "$_now" "$2" "$3" ;;
            list)
                _value "$_now" "$2_LENGTH"
                _length=$(( ${_found:-0} + 1 ))
                _set "$_now" "$2_LENGTH" "$_length"
                _set "$_now" "$2_ITEM$_length" "$3"
                _value "$_now" "$2"
                _set "$_now" "$2" "${_found:+$_found }$3"
                ;;
        esac
    done <"/etc/config/$1"
}

config_get()
{
    _value "$2" "$3"
    eval "$1=\"\${_found:-\${4-}}\""
}

config_get_bool()
{
    config_get "$1" "$2" "$3" "${4-}"
    eval "_found=\$$1"
    case $_found in
        1 | on | true | yes | enabled) eval "$1=1" ;;
        0 | off | false | no | disabled) eval "$1=0" ;;
        *) eval "$1=\${4-}" ;;
    esac
}

config_foreach()
{
    _call=$1 _of=$2
    shift 2
    for _each in $CONFIG_SECTIONS; do
        _value "$_each" TYPE
        [ "$_found" != "$_of" ] || _foreach "$_each" "$@"
    done
}

# The function may come here again, and must not change which one the caller is at.
_foreach() { _saved="$_call $_of $_each|${_saved-}"; "$_call" "$@"; _restore; }
_restore() { _first=${_saved%%|*}; _saved=${_saved#*|}; _call=${_first%% *}; _first=${_first#* }; _of=${_first%% *}; _each=${_first#* }; }

config_list_foreach()
{
    local section=$1 list=$2 function=$3 at=1 length item
    shift 3
    _value "$section" "${list}_LENGTH"
    length=${_found:-0}
    while [ "$at" -le "$length" ]; do
        _value "$section" "${list}_ITEM$at"
        item=$_found
        "$function" "$item" "$@"
        at=$(( at + 1 ))
    done
}
