# fish completion for keepalived-aot; the program itself knows its options, verbs, keywords and codes.
function __keepalived_aot_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program keepalived-aot
    # Stock keepalived would start a daemon: only what has our name is asked.
    string match -q -- '*keepalived-aot' $words[1]; and set program $words[1]
    for line in ($program complete -- $words[2..] "$current" 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end

complete -c keepalived-aot -f -a '(__keepalived_aot_complete)'
complete -c keepalived -f -a '(__keepalived_aot_complete)'
