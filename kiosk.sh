#!/usr/bin/env bash
# Keeps the walls of the Customer Room lit: one Chromium per wall, each on its own output, watched for months.
set -u -o pipefail

# The walls of a room that has not said yet which it has.
readonly SHIPPED_WALLS=(outcomes issues touchpoints)
readonly SETTINGS=(url browser scale hide_cursor keep_awake)
readonly BROWSERS=(chromium chromium-browser google-chrome-stable)
readonly OPTIONS=(--url --wall --config --windowed --dry-run --status --stop --help)
readonly STATE=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/customer-room
readonly QUICK_POLL_MS=2000 CALM_POLL_MS=5000 HEALTHY_RUN_MS=600000 REASSERT_MS=600000 MUTE_LIMIT=3
readonly DEAD_MS=8000 PLACE_MS=8000 PLACE_LIMIT=3 MOST_PATIENCE=16
readonly X_SECONDS=5

usage() {
    cat <<'END'
kiosk.sh shows the walls of the Customer Room, one Chromium per wall, each on its own output (X11).

usage: kiosk.sh [options]

  --url URL             where the Customer Room answers (default http://127.0.0.1:8050)
  --wall NAME[@OUTPUT]  show this wall of the room, on this output; may be repeated
  --config FILE         settings and output=wall lines (default ~/.config/customer-room/kiosk.conf if it exists)
  --windowed            one ordinary window per wall, for a desk; needs no window manager
  --dry-run             print outputs, walls, addresses and full commands; start nothing
  --status              print what each wall is doing; 0 if every wall asked for is running, otherwise 1
  --stop                stop the kiosk that shows the walls asked for (all, without --wall)
  --help                this page

Without --wall or output=wall lines, the outputs in the order of `xrandr --listmonitors` get the walls in the order in which
the room tells them (at its address /walls); where it has another one later, the kiosk begins anew and shows it.
An option wins over the environment (CUSTOMER_ROOM_URL, CHROMIUM), the environment over the configuration file.

exit codes
   0  stopped as asked              5  no browser                   9  an output is not there
   1  --status: not running         6  no X display                10  already running
   2  an option is wrong            7  Wayland without XWayland    11  every profile is in use
   3  the configuration is wrong    8  no window manager           12  started as root
   4  a needed command is missing
END
}

# ---- words -----------------------------------------------------------------------------------------------------

refuse() { # exit-code sentence
    printf 'kiosk.sh: %s\n' "$2" >&2
    exit "$1"
}

log() { printf '%(%Y-%m-%dT%H:%M:%S%z)T %-11s %s\n' -1 "${wall:-kiosk}" "$*"; }

joined() { local IFS=,; local words="$*"; printf '%s' "${words//,/, }"; }

nearest() { # word known...
    printf '%s\n' "$@" | awk '
        function least(a, b, c) { return a < b ? (a < c ? a : c) : (b < c ? b : c) }
        function distance(s, t,    i, j, d) {
            for (i = 0; i <= length(s); i++) d[i, 0] = i
            for (j = 0; j <= length(t); j++) d[0, j] = j
            for (i = 1; i <= length(s); i++)
                for (j = 1; j <= length(t); j++)
                    d[i, j] = least(d[i-1, j] + 1, d[i, j-1] + 1, d[i-1, j-1] + (substr(s, i, 1) != substr(t, j, 1)))
            return d[length(s), length(t)]
        }
        NR == 1 { word = tolower($0); best = (length(word) > 8 ? 4 : 3); next }
        { n = distance(word, tolower($0)); if (n < best) { best = n; name = $0 } }
        END { print name }'
}

unknown() { # exit-code what word known...
    local code=$1 what=$2 word=$3 near
    shift 3
    near=$(nearest "$word" "$@")
    refuse "$code" "$what \"$word\" is not known.${near:+ Did you mean \"$near\"?} Known: $(joined "$@")."
}

is_one_of() { # word known...
    local word=$1 known
    shift
    for known; do [[ $word == "$known" ]] && return 0; done
    return 1
}

now_ms() { # Monotonic, because a box without a clock battery jumps by months when the network sets its time.
    local up
    read -r up _ </proc/uptime
    now=$((10#${up/./} * 10))
}

# `wait` lets a trap run at once; a plain sleep would hold it back.
nap() { # milliseconds
    sleep "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))" &
    sleeper=$!
    wait "$sleeper" || kill "$sleeper" 2>/dev/null
    return 0
}

write_file() { # path, text on stdin; a reader never sees half of it
    cat >"$1.new" && mv -f "$1.new" "$1"
}

# ---- what is asked for -----------------------------------------------------------------------------------------

parse_options() {
    action=run windowed="" url="" config="" specs=() setting=() spec_source=option
    while (($#)); do
        case $1 in
            --url=* | --wall=* | --config=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
        esac
        case $1 in
            --url | --wall | --config) [[ ${2:-} ]] || refuse 2 "$1 needs a value; see kiosk.sh --help." ;;
        esac
        case $1 in
            --url) url=$2; shift ;;
            --wall) specs+=("$2"); shift ;;
            --config) config=$2; shift ;;
            --windowed) windowed=yes ;;
            --dry-run | --status | --stop) action=${1#--} ;;
            --help | -h) usage; exit 0 ;;
            *) unknown 2 "The option" "$1" "${OPTIONS[@]}" ;;
        esac
        shift
    done
}

# What a wall may be called, as wallboard/layout.py has it: its name is a folder and a part of an address.
is_name() {
    local LC_ALL=C
    [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]*$ ]]
}

# A room that does not answer may have any wall: its page says so later where it has not.
check_wall() { # exit-code what name
    is_name "$3" || refuse "$1" "$2 \"$3\" cannot be the name of a wall."
    [[ ! $told ]] || is_one_of "$3" "${room_walls[@]}" || unknown "$1" "$2" "$3" "${room_walls[@]}"
}

read_config() {
    local default=${XDG_CONFIG_HOME:-${HOME:-/nonexistent}/.config}/customer-room/kiosk.conf line number=0
    [[ $config || ! -e $default ]] || config=$default
    [[ $config ]] || return 0
    [[ -f $config && -r $config ]] || refuse 3 "The configuration file $config cannot be read."
    while IFS= read -r line || [[ $line ]]; do
        number=$((number + 1)) line=${line%$'\r'}
        [[ $line =~ ^[[:space:]]*(#.*)?$ ]] && continue
        [[ $line =~ ^[[:space:]]*([^=[:space:]]+)[[:space:]]*=[[:space:]]*(.*[^[:space:]])[[:space:]]*$ ]] ||
            refuse 3 "$config line $number: \"$line\" is not KEY=VALUE or OUTPUT=WALL."
        read_config_line "$config line $number" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    done <"$config"
    ((${#specs[@]})) || { specs=("${file_specs[@]}") spec_source="$config"; }
}

read_config_line() { # place key value
    if is_one_of "${2,,}" "${SETTINGS[@]}"; then
        check_setting "$1" "${2,,}" "$3"
        setting[${2,,}]=$3
    else
        file_specs+=("$3@$2") place_of["$3@$2"]=$1
    fi
}

# Outputs are written HDMI-1 or eDP-1 and settings in small letters, which tells a mistyped wall from a mistyped key.
check_specs() {
    local spec
    for spec in "${specs[@]}"; do
        if [[ $spec_source == option ]]; then
            check_wall 2 "The wall" "${spec%%@*}"
        elif [[ ${spec#*@} == *[A-Z0-9-]* ]]; then
            check_wall 3 "${place_of[$spec]}: the wall" "${spec%%@*}"
        else
            is_one_of "${spec%%@*}" "${room_walls[@]}" ||
                unknown 3 "${place_of[$spec]}: the key" "${spec#*@}" "${SETTINGS[@]}" "OUTPUT=WALL"
        fi
    done
}

check_setting() { # place key value
    case $2 in
        scale) [[ $3 =~ ^(auto|[1-4](\.[0-9]{1,2})?)$ ]] ||
            refuse 3 "$1: scale is \"auto\" or a number from 1 to 4, not \"$3\"." ;;
        hide_cursor | keep_awake) is_one_of "$3" yes no ||
            refuse 3 "$1: $2 is \"yes\" or \"no\", not \"$3\"." ;;
    esac
}

settle_url() {
    url=${url:-${CUSTOMER_ROOM_URL:-${setting[url]:-http://127.0.0.1:8050}}}
    while [[ $url == */ ]]; do url=${url%/}; done
    [[ $url =~ ^https?://([^/?#[:space:]]+)(/[^?#[:space:]]*)?$ ]] ||
        refuse 2 "The address \"$url\" is not of the form http://HOST:PORT."
    host=${BASH_REMATCH[1]}
    [[ $host != *@* ]] ||
        refuse 2 "The address must not hold a password: every user of this computer could read it in the process list."
}

# Shortened by tests only.
settle_pace() {
    local seconds=${CUSTOMER_ROOM_KIOSK_BACKOFF:-2,5,10,30,60}
    [[ $seconds =~ ^[0-9.]+(,[0-9.]+)*$ ]] ||
        refuse 2 "CUSTOMER_ROOM_KIOSK_BACKOFF is a list of seconds such as 2,5,10."
    read -ra ladder <<<"$(awk -v RS=, '{ printf "%d ", $1 * 1000 }' <<<"$seconds")"
    [[ ${CUSTOMER_ROOM_KIOSK_PULSE:-90} =~ ^[1-9][0-9]*$ ]] ||
        refuse 2 "CUSTOMER_ROOM_KIOSK_PULSE is a number of seconds such as 90."
    pulse_ms=$((${CUSTOMER_ROOM_KIOSK_PULSE:-90} * 1000))
}

# ---- what the room has -----------------------------------------------------------------------------------------

ask_room() { # path curl-option... -> answer
    curl --silent --max-time 3 --max-filesize 65536 --noproxy "${no_proxy:-},localhost,127.0.0.1,::1" "${@:2}" "$url$1"
}

# One name a line, in the order of the room's screens; a room of an earlier release answers with a page.
ask_walls() { # -> room_walls, told (empty where the room has not said), missed (why a wall is not among them)
    local line lines=() names=() unfit=()
    told="" missed=""
    mapfile -t lines < <(ask_room /walls --fail --write-out '\n%{content_type}')
    [[ ${lines[-1]:-} == text/plain* ]] || { missed="the room at $host has not said which walls it has"; return; }
    for line in "${lines[@]:0:${#lines[@]}-1}"; do
        if is_name "$line"; then names+=("$line"); elif [[ $line ]]; then unfit+=("\"$line\""); fi
    done
    ((${#unfit[@]} == 0)) || missed="no TV can show the wall $(joined "${unfit[@]}"): its file needs another name; see wallboard check"
    ((${#names[@]})) || { missed=${missed:-"the room at $host has no wall"}; return; }
    room_walls=("${names[@]}") told=yes
}

# In the log once for each thing that is missed, and on the screens that wait for the room.
tell_missed() {
    local what=$missed
    [[ ! $missed || $told ]] || what+="; shows $(joined "${walls[@]}")"
    [[ ! $what || $what == "$missed_before" ]] || log "$what"
    missed_before=$what
    keep_lines "$STATE/.missed" "$what"
}

learn_walls() {
    room_walls=("${SHIPPED_WALLS[@]}") missed_before=""
    [[ ! -r $STATE/.walls ]] || mapfile -t room_walls <"$STATE/.walls"
    ask_walls
}

# ---- what this computer has ------------------------------------------------------------------------------------

check_user() {
    [[ $(id -u) != 0 || ${CUSTOMER_ROOM_KIOSK_TEST:-} == 1 ]] ||
        refuse 12 "A browser that runs as root has no sandbox. Start kiosk.sh as an ordinary user who owns the display."
}

check_commands() {
    local name needed=(awk curl flock setsid timeout) missing=()
    [[ $windowed ]] || needed+=(xrandr)
    for name in "${needed[@]}"; do command -v "$name" >/dev/null || missing+=("$name"); done
    ((${#missing[@]} == 0)) ||
        refuse 4 "Missing: $(joined "${missing[@]}"). On Debian: apt install coreutils curl util-linux x11-xserver-utils."
    ((BASH_VERSINFO[0] >= 5)) || refuse 4 "bash 5 or newer is needed, this is $BASH_VERSION."
}

find_browser() {
    local name=${CHROMIUM:-${setting[browser]:-}}
    if [[ $name ]]; then
        browser=$(command -v "$name") || refuse 5 "The browser \"$name\" (from \$CHROMIUM or the key browser) cannot be run."
        return
    fi
    for name in "${BROWSERS[@]}"; do browser=$(command -v "$name") && return; done
    refuse 5 "No browser: none of $(joined "${BROWSERS[@]}") is installed. Install chromium or name one in \$CHROMIUM."
}

# An X server that hangs must not keep a wall from being watched.
ask_x() { timeout "$X_SECONDS" "$@"; } # command...

check_display() {
    if [[ -z ${DISPLAY:-} ]]; then
        [[ -z ${WAYLAND_DISPLAY:-} && ${XDG_SESSION_TYPE:-} != wayland ]] ||
            refuse 7 "This is a Wayland session without XWayland. This version supports X11 and XWayland only."
        refuse 6 "No display: DISPLAY is not set. Start kiosk.sh inside the X session of the walls."
    fi
    session="X11 ($DISPLAY)"
    [[ -z ${WAYLAND_DISPLAY:-} ]] ||
        session="XWayland ($DISPLAY): the compositor may ignore where a wall should be; check each TV"
    [[ $windowed ]] && return
    read_outputs || refuse 6 "The display $DISPLAY does not answer: $listing"
    ((${#outputs[@]})) ||
        refuse 9 "The display $DISPLAY has no active output; is a TV switched on? See xrandr --listmonitors."
}

check_window_manager() {
    [[ -z $windowed ]] || return 0
    command -v xprop >/dev/null || { log "without xprop, nobody checks that a window manager runs"; return; }
    [[ $(ask_x xprop -root _NET_SUPPORTING_WM_CHECK 2>&1) == *"window id"* ]] ||
        refuse 8 "No window manager runs on $DISPLAY, so no wall would fill its screen. Start one, such as openbox."
}

read_outputs() { # xrandr-option...
    local name shape
    outputs=() shape_of=()
    listing=$(ask_x xrandr "$@" --listmonitors 2>&1) || return 1
    while read -r _ name shape _; do
        [[ $shape =~ ^([0-9]+)/[0-9]+x([0-9]+)/[0-9]+\+(-?[0-9]+)\+(-?[0-9]+)$ ]] || continue
        name=${name#[+]} name=${name#[*]}
        outputs+=("$name")
        shape_of[$name]="${BASH_REMATCH[1]}x${BASH_REMATCH[2]}+${BASH_REMATCH[3]}+${BASH_REMATCH[4]}"
    done <<<"$listing"
}

# ---- which wall goes where -------------------------------------------------------------------------------------

map_walls() {
    local spec name output nth=0
    walls=() output_of=() taken=()
    for spec in "${specs[@]}"; do
        name=${spec%%@*} output=""
        [[ $spec != *@* ]] || output=${spec#*@}
        [[ -z ${output_of[$name]+x} ]] || refuse 2 "The wall $name is asked for twice ($spec_source)."
        walls+=("$name") output_of[$name]=$output
        [[ -z $output || $windowed ]] || take_output "$name" "$output"
    done
    ((${#walls[@]})) || walls=("${room_walls[@]}")
    for name in "${walls[@]}"; do
        if [[ $windowed ]]; then
            output_of[$name]="window-$((nth + 1))" shape_of["window-$((nth + 1))"]="1280x720+$((nth * 60))+$((nth * 60))"
            nth=$((nth + 1))
        elif [[ -z ${output_of[$name]:-} ]]; then
            output_of[$name]=$(free_output)
            taken[${output_of[$name]:-none}]=$name
        fi
    done
    drop_walls_without_output
}

# A name on the command line was typed by a person who is there; a configured TV may just be switched off.
take_output() { # wall output
    [[ -z ${taken[$2]:-} ]] || refuse 2 "The output $2 is asked for by two walls, ${taken[$2]} and $1 ($spec_source)."
    [[ ${shape_of[$2]:-} || $spec_source != option ]] || unknown 9 "The output" "$2" "${outputs[@]}"
    taken[$2]=$1
}

free_output() {
    local output
    for output in "${outputs[@]}"; do
        [[ ${taken[$output]:-} ]] || { printf '%s' "$output"; return; }
    done
}

drop_walls_without_output() {
    local name kept=()
    for name in "${walls[@]}"; do
        if [[ ${output_of[$name]} ]]; then
            kept+=("$name")
        elif ((${#specs[@]})); then
            refuse 9 "No output is left for the wall $name. Outputs: $(joined "${outputs[@]}")."
        else
            log "no output is left for the wall $name; outputs: $(joined "${outputs[@]}")"
        fi
    done
    walls=("${kept[@]}")
}

wall_url() { printf '%s/wall/%s?screen=%s' "$url" "$1" "$1"; }

percent_for() { # width; 4K gets 200, so that it is laid out like 1080p
    local percent=$(($1 * 100 / 1920)) wanted=${setting[scale]:-auto}
    [[ $wanted == auto ]] || percent=$(awk -v scale="$wanted" 'BEGIN { print int(scale * 100 + 0.5) }')
    printf '%d' $((percent < 100 ? 100 : percent > 400 ? 400 : percent))
}

browser_command() { # wall shape address -> command
    local name=$1 shape=$2 address=$3 width height x y percent=100 off=Translate
    IFS='x+' read -r width height x y <<<"$shape"
    [[ $windowed ]] || percent=$(percent_for "$width")
    [[ $url == https:* || $host =~ ^(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?$ ]] || off+=,HttpsUpgrades
    # Chromium reads position and size in scaled pixels: unscaled ones put a 4K wall on its neighbour's TV.
    command=(
        "$browser" --app="$address" --user-data-dir="$STATE/$name/profile" --class="customer-room-$name"
        --window-position="$((x * 100 / percent)),$((y * 100 / percent))"
        --window-size="$((width * 100 / percent)),$((height * 100 / percent))"
        --ozone-platform=x11 --no-first-run --no-default-browser-check --noerrdialogs --hide-crash-restore-bubble
        --password-store=basic --disable-features="$off" --check-for-update-interval=31536000
        --simulate-outdated-no-au='Tue, 31 Dec 2099 23:59:59 GMT' --disable-component-update
        --disable-background-networking --disable-sync --disable-breakpad --disable-background-timer-throttling
        --disable-renderer-backgrounding --disable-backgrounding-occluded-windows --disable-hang-monitor
        --disable-search-engine-choice-screen --autoplay-policy=no-user-gesture-required
        --overscroll-history-navigation=0 --disable-pinch --deny-permission-prompts --disable-notifications
    )
    [[ $windowed ]] || command+=(--kiosk --force-device-scale-factor="$((percent / 100)).$(printf %02d $((percent % 100)))")
    [[ ! -w ${XDG_RUNTIME_DIR:-/nonexistent} ]] ||
        command+=(--disk-cache-dir="$XDG_RUNTIME_DIR/customer-room/$name" --disk-cache-size=67108864)
    ! has_little_memory || command+=(--enable-low-end-device-mode --renderer-process-limit=1 --process-per-site)
}

has_little_memory() { awk '$1 == "MemTotal:" { exit !($2 < 1572864) }' /proc/meminfo; }

# ---- dry run, status, stop -------------------------------------------------------------------------------------

dry_run() {
    local name output
    printf 'Customer Room kiosk, dry run: nothing is started.\n\n'
    printf 'address  %s\nsession  %s\nbrowser  %s\nstate    %s\n\noutputs\n' "$url" "$session" "$browser" "$STATE"
    ((${#outputs[@]})) || printf '  not used: ordinary windows on this desk\n'
    for output in "${outputs[@]}"; do printf '  %-12s %s\n' "$output" "${shape_of[$output]}"; done
    printf '\nwalls\n'
    [[ ! $missed ]] || printf '  note: %s\n' "$missed"
    for name in "${walls[@]}"; do
        output=${output_of[$name]}
        printf '  %-12s %-12s %-18s %s\n' "$name" "$output" "${shape_of[$output]:-not there now}" "$(wall_url "$name")"
    done
    printf '\ncommands\n'
    for name in "${walls[@]}"; do
        browser_command "$name" "${shape_of[${output_of[$name]}]:-1920x1080+0+0}" "$(wall_url "$name")"
        printf '  %s:' "$name"
        printf ' %q' "${command[@]}"
        printf '\n'
    done
}

# Without --wall those that the kiosk showed last: which the room has cannot be asked of a room that is down.
asked_walls() {
    local spec
    walls=("${SHIPPED_WALLS[@]}")
    [[ ! -r $STATE/.shown ]] || mapfile -t walls <"$STATE/.shown"
    ((${#specs[@]})) || return 0
    walls=()
    for spec in "${specs[@]}"; do
        is_name "${spec%%@*}" || refuse 2 "The wall \"${spec%%@*}\" cannot be the name of a wall."
        walls+=("${spec%%@*}")
    done
}

is_running() { # wall
    [[ -e $STATE/$1/lock ]] && ! flock --nonblock 9 9<"$STATE/$1/lock"
}

first_line() { # path
    local line=""
    [[ ! -r $1 ]] || read -r line <"$1"
    printf '%s' "$line"
}

print_status() {
    local name code=0 folder
    asked_walls
    for name in "${walls[@]}"; do
        if is_running "$name"; then
            folder=$STATE/$name
            printf '%-12s kiosk %s, %s\n' "$name" "$(first_line "$folder/kiosk.pid")" "$(first_line "$folder/status")"
        else
            printf '%-12s not running\n' "$name"
            code=1
        fi
    done
    return "$code"
}

stop_kiosk() {
    local name pid tries
    asked_walls
    for name in "${walls[@]}"; do
        is_running "$name" || { printf '%-12s not running\n' "$name"; continue; }
        pid=$(first_line "$STATE/$name/kiosk.pid")
        kill -TERM "$pid" 2>/dev/null
        for ((tries = 0; tries < 150; tries++)); do is_running "$name" || break; sleep 0.1; done
        ! is_running "$name" || refuse 10 "The kiosk of the wall $name (process $pid) did not stop within 15 seconds."
        printf '%-12s stopped\n' "$name"
    done
}

# ---- one wall: profile and browser -----------------------------------------------------------------------------

# A child must not inherit the locks: one that outlives us would keep the next kiosk from starting.
become() { # command...
    local fd
    for fd in "${lock_fds[@]}"; do exec {fd}>&-; done
    exec "$@"
}

end_group() { # process that leads its group; never a name, which would hit the other walls
    local tries
    kill -TERM "$1" 2>/dev/null
    for ((tries = 0; tries < 50; tries++)); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL -- "-$1" 2>/dev/null
}

# A browser of ours outlives its supervisor only if that was killed with no chance to tidy up.
end_left_over_browser() { # wall
    local pid
    pid=$(first_line "$STATE/$1/browser.pid")
    [[ $pid =~ ^[0-9]+$ ]] || return 0
    tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF -- "--user-data-dir=$STATE/$1/profile" || return 0
    log "stops the browser left over from an earlier run (process $pid)"
    end_group "$pid"
}

# Chromium with a lock of another host runs without a window; with one of a living process it hands over and exits.
free_profile() { # wall -> reason
    local lock=$STATE/$1/profile/SingletonLock owner pid
    owner=$(readlink "$lock") || return 0
    pid=${owner##*-}
    if [[ ${owner%-*} == "$(uname -n)" && $pid =~ ^[0-9]+$ && -d /proc/$pid ]] && is_this_boot "$1"; then
        reason="its browser profile is in use by process $pid"
        return 1
    fi
    log "removes the browser lock of $owner, which does not run here any more"
    rm -f "$STATE/$1/profile"/Singleton{Lock,Cookie,Socket}
}

# After a power cut the old process number may belong to a stranger.
is_this_boot() { # wall
    [[ ! -e $STATE/$1/boot || $(first_line "$STATE/$1/boot") == "$(first_line /proc/sys/kernel/random/boot_id)" ]]
}

mend_exit_type() {
    local file=$dir/profile/Default/Preferences
    [[ -f $file ]] && command -v jq >/dev/null || return 0
    jq -c '.profile.exit_type = "SessionEnded" | .profile.exited_cleanly = true' "$file" >"$file.new" 2>/dev/null &&
        mv -f "$file.new" "$file"
    rm -f "$file.new"
}

open_window() { # wall | waiting
    local address
    address=$(wall_url "$wall")
    # The room hears each launch by a name of its own: a laptop that shows the same wall does not speak for this TV.
    launch="$(uname -n | tr -cd 'A-Za-z0-9-' | cut -c 1-20)-$wall-$now"
    address+="&launch=$launch" renderers="" missed_since=""
    [[ $1 == wall ]] || address=$(file_url "$dir/waiting.html")
    free_profile "$wall" || { fail "$reason"; return; }
    mend_exit_type
    browser_command "$wall" "$shape" "$address"
    log "opens the $1 page: ${command[*]@Q}"
    : >"$dir/browser.log"
    become setsid "${command[@]}" </dev/null >>"$dir/browser.log" 2>&1 &
    browser_pid=$! showing=$1 launched_at=$now next_place_at=$((now + PLACE_MS)) unseen=""
    first_line /proc/sys/kernel/random/boot_id >"$dir/boot"
    echo "$browser_pid" >"$dir/browser.pid"
    note "shows the $1 page on ${output_of[$wall]}"
}

close_window() {
    [[ $browser_pid ]] || return 0
    end_group "$browser_pid"
    wait "$browser_pid" 2>/dev/null
    # Chromium leaves its lock when it is asked to end.
    [[ $(readlink "$dir/profile/SingletonLock") != *-"$browser_pid" ]] || rm -f "$dir/profile"/Singleton{Lock,Cookie,Socket}
    browser_pid="" showing=""
    rm -f "$dir/browser.pid"
}

file_url() { # path
    local LC_ALL=C index character
    printf 'file://'
    for ((index = 0; index < ${#1}; index++)); do
        character=${1:index:1}
        case $character in
            [A-Za-z0-9/._~-]) printf '%s' "$character" ;;
            *) printf '%%%02X' "'$character" ;;
        esac
    done
}

escaped() { # text for HTML
    local text=${1//&/"&amp;"}
    text=${text//</"&lt;"}
    printf '%s' "$text"
}

write_waiting_page() {
    write_file "$dir/waiting.html" <<END
<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Customer Room: waiting</title>
<style>
html { background: #10151c; color: #f2f4f7; font: 500 4.6vh/1.45 Inter, "DejaVu Sans", sans-serif; cursor: none }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; justify-content: center; padding: 0 8vw }
h1 { font-size: 7.2vh; line-height: 1.15; margin: 0 0 4vh } p { margin: 0 }
small { font-size: 3.8vh; color: #aab4c0; margin-top: 8vh }
</style>
<h1>Waiting for the Customer Room</h1>
<p>at <b>$(escaped "$host")</b> since <b>$since</b>, attempt <b>$attempt</b></p>
<p>last: <b>$(escaped "$reason")</b></p>
<small>Wall $wall on ${output_of[$wall]}. This screen continues by itself.$(missed_line)</small></html>
END
}

missed_line() {
    local what
    what=$(first_line "$STATE/.missed")
    [[ ! $what ]] || printf ' Note: %s.' "$(escaped "$what")"
}

# ---- one wall: watched -----------------------------------------------------------------------------------------

note() { write_file "$dir/status" <<<"$* (since $(printf '%(%Y-%m-%d %H:%M)T' -1))"; }

fail() { # why; the next launch waits longer after each failure
    local pause
    ((launched_at == 0 || now - launched_at < HEALTHY_RUN_MS)) || failures=0
    pause=${ladder[failures < ${#ladder[@]} ? failures : ${#ladder[@]} - 1]}
    pause=$((pause * (85 + RANDOM % 31) / 100))
    failures=$((failures + 1)) launched_at=0 next_launch_at=$((now + pause))
    log "$1; failure $failures in a row, next start in $((pause / 1000)).$(printf %03d $((pause % 1000))) s"
    note "$1; failure $failures in a row"
}

ask_server() { # -> reason (empty when it is the Customer Room), body
    local code file=$dir/healthz
    code=$(ask_room /healthz --output "$file" --write-out '%{http_code}')
    case $? in
        0) reason="" ;;
        6) reason="the host name is not found" ;;
        7) reason="connection refused" ;;
        28) reason="no answer within 3 seconds" ;;
        35 | 51 | 60) reason="its certificate is not accepted" ;;
        *) reason="the answer breaks off or is not a web page" ;;
    esac
    [[ -z $reason ]] || return
    [[ $code == 200 ]] || { reason="HTTP $code"; return; }
    body=$(tr -d '\0' <"$file")
    [[ $body =~ \"app\"[[:space:]]*:[[:space:]]*\"customer-room\" && $body =~ \"build\"[[:space:]]*: ]] ||
        reason="something answers there, but it is not the Customer Room"
}

look_at_server() {
    ((now >= next_poll_at)) || return 0
    ask_server
    now_ms
    if [[ $reason ]]; then
        count_silence
        next_poll_at=$((now + QUICK_POLL_MS))
        return
    fi
    [[ $healthy ]] || { log "the Customer Room answers${attempt:+ after $attempt attempts}"; healthy_since=$now; }
    healthy=yes attempt="" next_poll_at=$((now + (pulse_ms < CALM_POLL_MS ? pulse_ms : CALM_POLL_MS)))
    [[ ! -s $dir/browser.log ]] || (($(stat -c %s "$dir/browser.log") < 10000000)) || : >"$dir/browser.log"
    [[ $showing != wall ]] || check_pulse
}

# The processes that draw pages in this wall's browser; what extensions and a page in reserve have may come and go.
renderers_now() {
    local pid pids found=""
    mapfile -t pids < <(cat /proc/[0-9]*/stat 2>/dev/null |
        awk -v group="$browser_pid" '{ pid = $1; sub(/^.*\) /, ""); if ($3 == group) print pid }')
    for pid in "${pids[@]}"; do
        ! grep -q -- '--type=renderer' "/proc/$pid/cmdline" 2>/dev/null || found+=" $pid"
    done
    printf '%s' "$found"
}

lost_renderer() { # Whether a process that drew the page while it reported is gone.
    local pid
    for pid in $renderers; do grep -q -- '--type=renderer' "/proc/$pid/cmdline" 2>/dev/null || return 0; done
    return 1
}

# One that has just gone may have been the page's: only a page that goes on reporting without it can spare it.
# Those of now are listed first: one that ends while they are is missed, and not forgotten.
remember_renderers() {
    local found
    found=$(renderers_now)
    if [[ $renderers ]] && lost_renderer; then
        missed_since=${missed_since:-$now}
        ((now - missed_since > 2 * DEAD_MS)) || return 0
    fi
    missed_since="" renderers=$found
}

# How long ago the page reported, by the name of this launch; a room of an earlier release knows only the wall's name.
heard_ago() { # -> age in seconds, or nothing
    local heard=$body name=$wall
    age=""
    [[ $body != *'"launches"'* ]] || heard=${body#*\"launches\"} name=$launch
    [[ $heard == "$body" ]] && heard=${body#*\"screens\"}
    [[ ! ${heard%%\}*} =~ \"$name\"[[:space:]]*:[[:space:]]*([0-9]+) ]] || age=${BASH_REMATCH[1]}
}

count_silence() {
    if [[ -z $attempt ]]; then
        since=$(printf '%(%H:%M)T' -1)
        log "no Customer Room at $host: $reason"
        [[ $showing != wall ]] || log "the last picture stays on the screen"
    fi
    healthy="" attempt=$((attempt + 1))
    write_waiting_page
}

# Only a wall whose page once reported, and then fell silent while the server was well, is known to be dead.
# One that never reported is tried a few times, because a page that met an error at launch stays blank for good.
check_pulse() {
    local age="" patient_ms=$((pulse_ms * patience)) from=$((launched_at > healthy_since ? launched_at : healthy_since))
    [[ $body == *'"screens"'* ]] || return 0
    heard_ago
    if [[ $age ]] && ((age * 1000 < (DEAD_MS < patient_ms ? DEAD_MS : patient_ms))); then
        if ((age * 1000 < now - launched_at)); then
            has_reported=yes
            remember_renderers
            ((now - launched_at < HEALTHY_RUN_MS)) || patience=1
        fi
        return
    fi
    if [[ $renderers ]] && lost_renderer; then
        close_window
        fail "the page's process is gone${age:+ and has not reported for $age s}"
        return
    fi
    [[ -z $age ]] || ((age * 1000 >= patient_ms)) || return 0
    ((now - from >= patient_ms)) || return 0
    [[ $has_reported ]] || ((mute_launches < MUTE_LIMIT)) || return 0
    [[ $has_reported ]] || mute_launches=$((mute_launches + 1))
    # A TV that takes long to paint is given twice the time after each restart, and its usual time again after a long run.
    patience=$((patience < MOST_PATIENCE ? patience * 2 : MOST_PATIENCE))
    close_window
    fail "the page has not reported for ${age:-more than $((patient_ms / 1000))} s although the server is well"
    [[ $has_reported ]] || ((mute_launches < MUTE_LIMIT)) || log "the page never reports; from now on it is left as it is"
}

notice_exit() {
    local status last
    [[ $browser_pid ]] && ! kill -0 "$browser_pid" 2>/dev/null || return 0
    wait "$browser_pid"
    status=$?
    last=$(tail -n 1 "$dir/browser.log" 2>/dev/null | cut -c 1-200)
    close_window
    fail "the browser ended after $(((now - launched_at) / 1000)) s with status $status${last:+, last words: $last}"
}

# A window whose TV has gone is moved by the window manager on top of another wall, so it is closed until the TV returns.
follow_output() {
    local current
    current=$(first_line "$dir/shape")
    [[ $current != "$shape" ]] || return 0
    close_window
    shape=$current next_launch_at=$((now + QUICK_POLL_MS)) failures=0
    [[ $shape ]] && return
    log "its output ${output_of[$wall]} is not there; the wall is dark until it returns"
    note "the output ${output_of[$wall]} is not there"
}

# A window that stands elsewhere is pushed back; one that does not go is opened anew, a few times.
check_placement() {
    local id X Y WIDTH HEIGHT x y width height
    [[ $showing == wall && -z $windowed ]] && ((now >= next_place_at)) || return 0
    next_place_at=$((now + PLACE_MS))
    command -v xdotool >/dev/null || return 0
    id=$(ask_x xdotool search --onlyvisible --class "customer-room-$wall" 2>/dev/null | tail -n 1)
    if [[ ! $id ]]; then
        [[ $unseen ]] || log "no visible window is found $(((now - launched_at) / 1000)) s after the start"
        unseen=yes
        return
    fi
    X="" Y="" WIDTH="" HEIGHT=""
    eval "$(ask_x xdotool getwindowgeometry --shell "$id" 2>/dev/null | grep -E '^(X|Y|WIDTH|HEIGHT)=-?[0-9]+$')"
    [[ $X ]] || return 0
    if [[ "${WIDTH}x$HEIGHT+$X+$Y" == "$shape" ]]; then
        ((misplaced == 0)) || { log "the window is back at $shape"; note "shows the wall page on ${output_of[$wall]}"; }
        misplaced=0
        return
    fi
    ((misplaced <= PLACE_LIMIT)) || return 0
    misplaced=$((misplaced + 1))
    log "the window is at ${WIDTH}x$HEIGHT+$X+$Y, not at $shape; puts it back"
    note "its window is at ${WIDTH}x$HEIGHT+$X+$Y, not at $shape"
    if ((misplaced > PLACE_LIMIT)); then
        close_window
        fail "the window does not stay at $shape; opens another"
        return
    fi
    IFS='x+' read -r width height x y <<<"$shape"
    ask_x xdotool windowmove "$id" "$x" "$y" windowsize "$id" "$width" "$height" 2>/dev/null
}

show() {
    if [[ $showing == waiting && $healthy && $browser_pid ]]; then
        close_window
        open_window wall
    elif [[ -z $browser_pid && $shape ]] && ((now >= next_launch_at)); then
        open_window "$([[ $healthy ]] && echo wall || echo waiting)"
    fi
}

supervise() { # wall
    wall=$1 dir=$STATE/$1 shape="" browser_pid="" showing="" launched_at=0 next_launch_at=0 next_poll_at=0 failures=0
    healthy="" healthy_since=0 attempt="" since="" body="" reason="" has_reported="" mute_launches=0 patience=1 launch="" renderers="" missed_since=""
    next_place_at=0 misplaced=0 unseen=""
    # Only a flag: leaving in the middle of a launch would lose the browser.
    leaving=""
    trap 'leaving=yes' TERM INT HUP
    shape=$(first_line "$dir/shape")
    [[ $shape ]] || shape=unknown
    while [[ ! $leaving ]] && kill -0 "$main_pid" 2>/dev/null; do
        now_ms
        notice_exit
        follow_output
        look_at_server
        show
        check_placement
        nap "$((next_launch_at > now && next_launch_at < now + 1000 ? next_launch_at - now + 10 : 1000))"
    done
    close_window
}

# ---- all walls -------------------------------------------------------------------------------------------------

lock_walls() {
    local name fd locked=()
    lock_fds=()
    for name in "${walls[@]}"; do
        mkdir -p "$STATE/$name"
        [[ -w $STATE/$name ]] || refuse 4 "The folder $STATE/$name cannot be written."
        exec {fd}>>"$STATE/$name/lock"
        flock --nonblock "$fd" ||
            refuse 10 "Process $(first_line "$STATE/$name/kiosk.pid") already shows the wall $name; see kiosk.sh --stop."
        lock_fds+=("$fd")
        end_left_over_browser "$name"
        free_profile "$name" && continue
        locked+=("$name")
        log "the wall $name stays dark until that browser is closed: $reason"
    done
    # One wall that cannot start keeps no other one dark: its own supervisor tries again and again.
    ((${#locked[@]} < ${#walls[@]})) ||
        refuse 11 "The wall ${locked[0]} cannot start: $reason. Close that browser first."
}

# A supervisor leads its own process group, so that Ctrl-C reaches this process alone and each wall is ended in order.
start_supervisor() { # wall
    set -m
    supervise "$1" &
    supervisor_of[$1]=$!
    set +m
}

publish_shapes() {
    local name shape
    for name in "${walls[@]}"; do
        shape=${shape_of[${output_of[$name]}]:-}
        [[ -e $STATE/$name/shape && $(first_line "$STATE/$name/shape") == "$shape" ]] && continue
        [[ ! -e $STATE/$name/shape ]] || log "output ${output_of[$name]} of wall $name: ${shape:-has vanished}"
        write_file "$STATE/$name/shape" <<<"$shape"
        changed=yes
    done
}

keep_awake() {
    is_one_of "${setting[keep_awake]:-yes}" yes && [[ -z $windowed ]] && command -v xset >/dev/null || return 0
    [[ ${blanking:-} ]] || blanking=$(ask_x xset q 2>/dev/null)
    { ask_x xset s off; ask_x xset s noblank; ask_x xset -dpms; } 2>/dev/null
    awake_at=$now
}

restore_blanking() {
    [[ ${blanking:-} ]] || return 0
    [[ ! $blanking =~ timeout:\ +([0-9]+)\ +cycle:\ +([0-9]+) ]] || ask_x xset s "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    [[ ! $blanking =~ prefer\ blanking:\ +yes ]] || ask_x xset s blank
    [[ $blanking != *"DPMS is Enabled"* ]] || ask_x xset +dpms
}

hide_cursor() {
    is_one_of "${setting[hide_cursor]:-yes}" yes && [[ -z $windowed ]] && command -v unclutter >/dev/null || return 0
    become unclutter -idle 1 </dev/null >/dev/null 2>&1 &
    cursor_pid=$!
}

watch_outputs() {
    [[ -z $windowed ]] || return 0
    # Asking the hardware each time would make some TVs flicker; the X server hears of changes by itself.
    if ! read_outputs --current; then
        lost_displays=$((lost_displays + 1))
        ((lost_displays < 3)) || refuse 6 "The display $DISPLAY stopped answering: $listing"
        return
    fi
    lost_displays=0 changed=""
    publish_shapes
    if [[ $changed ]] || ((now - awake_at >= REASSERT_MS)); then keep_awake; fi
}

# Other walls than those shown, or one more and a TV for it: the kiosk begins anew, as the room is today.
watch_walls() {
    local before="${room_walls[*]}" most=${#walls[@]}
    ((${#specs[@]} == 0 && now >= next_walls_at)) || return 0
    ask_walls
    tell_missed
    next_walls_at=$((now + (pulse_ms < CALM_POLL_MS ? pulse_ms : CALM_POLL_MS)))
    [[ $told ]] || return 0
    [[ $before == "${room_walls[*]}" ]] || log "the room has these walls: $(joined "${room_walls[@]}")"
    keep_lines "$STATE/.walls" "${room_walls[@]}"
    [[ ! $windowed ]] || most=${#room_walls[@]}
    ((${#outputs[@]} <= most)) || most=${#outputs[@]}
    [[ $leaving || "${room_walls[*]:0:most}" == "${walls[*]}" ]] || anew=yes leaving=yes
}

keep_lines() { # path line...
    printf '%s\n' "${@:2}" | write_file "$1"
}

begin_anew() {
    log "begins anew"
    shut_down
    trap - TERM INT HUP
    become "$BASH" "${BASH_SOURCE[0]}" "${arguments[@]}"
}

mind_supervisors() {
    local name
    for name in "${walls[@]}"; do
        kill -0 "${supervisor_of[$name]}" 2>/dev/null && continue
        log "the supervisor of wall $name is gone; starts another"
        end_left_over_browser "$name"
        start_supervisor "$name"
    done
}

shut_down() {
    trap '' TERM INT HUP
    trap - EXIT
    local name
    log "stops"
    [[ -z $cursor_pid ]] || kill "$cursor_pid" 2>/dev/null
    for name in "${!supervisor_of[@]}"; do kill -TERM -- "-${supervisor_of[$name]}" 2>/dev/null; done
    wait
    restore_blanking
    for name in "${walls[@]}"; do rm -f "$STATE/$name"/{kiosk.pid,shape,status}; done
}

run() {
    local name
    umask 077
    lock_walls
    main_pid=$$ cursor_pid="" lost_displays=0 awake_at=0 changed="" leaving="" anew="" next_walls_at=0
    keep_lines "$STATE/.shown" "${walls[@]}"
    tell_missed
    [[ ! $told ]] || keep_lines "$STATE/.walls" "${room_walls[@]}"
    trap shut_down EXIT
    trap 'leaving=yes anew=""' TERM INT HUP
    log "starts on $session; the Customer Room is at $url"
    for name in "${walls[@]}"; do
        echo "$main_pid" >"$STATE/$name/kiosk.pid"
        rm -f "$STATE/$name/shape"
        log "wall $name on ${output_of[$name]} ${shape_of[${output_of[$name]}]:-(not there; known: $(joined "${outputs[@]}"))}"
    done
    now_ms
    publish_shapes
    keep_awake
    hide_cursor
    for name in "${walls[@]}"; do start_supervisor "$name"; done
    while nap 2000; [[ ! $leaving ]]; do
        now_ms
        mind_supervisors
        watch_outputs
        watch_walls
    done
    [[ ! $anew ]] || begin_anew
}

main() {
    declare -gA setting=() place_of=() shape_of=() output_of=() taken=() supervisor_of=()
    declare -ga arguments=("$@") outputs=() walls=() room_walls=() specs=() file_specs=() ladder=() lock_fds=() command=()
    parse_options "$@"
    case $action in
        status) print_status; exit ;;
        stop) stop_kiosk; exit ;;
    esac
    check_user
    read_config
    settle_url
    settle_pace
    check_commands
    find_browser
    learn_walls
    check_specs
    check_display
    map_walls
    [[ $action != dry-run ]] || { dry_run; exit 0; }
    check_window_manager
    run
}

main "$@"
