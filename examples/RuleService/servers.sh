#!/usr/bin/env bash
# Starts PostgreSQL and RabbitMQ for the service, with their data in a folder, on free ports of 127.0.0.1, without a service manager.
#
#   servers.sh install                 installs both (Debian, as root); starts nothing
#   servers.sh start FOLDER [PROCESS]  starts both, and writes FOLDER/servers.env; stops them when the process ends
#   servers.sh restart-broker FOLDER   stops RabbitMQ and starts it again, with its data
#   servers.sh stop FOLDER             stops both; the data remains
#
# servers.env sets LYRA_TEST_STORE and LYRA_TEST_QUEUE, the values for --store and --queue.
set -euo pipefail

postgres_bin() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    echo "${found:-$(dirname "$(command -v initdb)")}"
}

install() {
    command -v rabbitmq-server >/dev/null && [ -x "$(postgres_bin)/initdb" ] && return
    # The packages start their servers, unless this script forbids it.
    local policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    export DEBIAN_FRONTEND=noninteractive
    local packages=(apt-get install -y --no-install-recommends rabbitmq-server postgresql)
    "${packages[@]}" || { apt-get update && "${packages[@]}"; }
}

# Runs a command as another user, if this one is root: the servers refuse root, or should not have its rights.
as() {
    local user=$1
    shift
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid="$user" --regid="$user" --clear-groups -- "$@"; else "$@"; fi
}

own() {
    if [ "$(id -u)" -eq 0 ]; then chown -R "$1:$1" "$2"; fi
}

free_port() {
    # Below the ports that clients get. The broker also uses the ports 10,000 and 20,000 above its own.
    local port
    while port=$((RANDOM % 10000 + 20000)); do
        (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
    done
}

# Waits up to three minutes until a command succeeds.
await() {
    local end=$((SECONDS + 180))
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || { echo "servers.sh: not ready after three minutes: $*" >&2; return 1; }
        sleep 0.2
    done
}

# A process that has ended stays a zombie until its parent asks for its exit code.
ended() { ! grep -q '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status" 2>/dev/null; }

listens() { (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start_postgres() {
    local bin
    bin=$(postgres_bin)
    postgres_port=$(free_port)
    mkdir -p "$folder/postgres"
    own postgres "$folder/postgres"
    # The default durability: a commit returns after its log is on disk.
    as postgres "$bin/initdb" -D "$folder/postgres/data" -U rules --auth=trust -E UTF8 --locale=C >"$folder/initdb.log"
    as postgres "$bin/pg_ctl" start -w -D "$folder/postgres/data" -l "$folder/postgres/log" \
        -o "-p $postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" >/dev/null
}

# Runs a command of the broker. Its name server, epmd, gets a port of its own, so it serves no other broker of this machine.
broker() {
    (
        cd "$folder/rabbit"
        export HOME="$folder/rabbit" RABBITMQ_NODENAME="rules$rabbit_port@localhost" RABBITMQ_MNESIA_BASE="$folder/rabbit/data" \
            RABBITMQ_LOG_BASE="$folder/rabbit/log" RABBITMQ_CONFIG_FILE="$folder/rabbit/rabbitmq.conf" \
            RABBITMQ_ENABLED_PLUGINS_FILE="$folder/rabbit/plugins" RABBITMQ_PID_FILE="$folder/rabbit/pid" \
            RABBITMQ_DIST_PORT=$((rabbit_port + 10000)) ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$((rabbit_port + 20000)) \
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" RABBITMQ_CONF_ENV_FILE=/dev/null
        as rabbitmq "$@"
    )
}

start_broker() {
    ! listens "$rabbit_port" || { echo "servers.sh: the broker still runs on port $rabbit_port" >&2; return 1; }
    broker /usr/lib/rabbitmq/bin/rabbitmq-server >>"$folder/rabbit.out" 2>&1 &
    await listens "$rabbit_port"
}

start_rabbit() {
    rabbit_port=$(free_port)
    mkdir -p "$folder/rabbit"
    cat >"$folder/rabbit/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$rabbit_port
CONF
    echo '[].' >"$folder/rabbit/plugins"
    own rabbitmq "$folder/rabbit"
    start_broker
}

stop_broker() {
    local process
    process=$(cat "$folder/rabbit/pid" 2>/dev/null || true)
    if [ -n "$process" ] && kill "$process" 2>/dev/null; then
        await ended "$process"
    fi
}

write_environment() {
    cat >"$folder/servers.env" <<ENV
postgres_port=$postgres_port
rabbit_port=$rabbit_port
export LYRA_TEST_STORE="Host=127.0.0.1;Port=$postgres_port;Username=rules;Database=postgres"
export LYRA_TEST_QUEUE=amqp://guest:guest@127.0.0.1:$rabbit_port
ENV
}

stop() {
    [ -f "$folder/servers.env" ] || return 0
    # shellcheck disable=SC1091
    . "$folder/servers.env"
    stop_broker
    # epmd stays when the broker ends.
    ERL_EPMD_PORT=$((rabbit_port + 20000)) epmd -kill >/dev/null 2>&1 || true
    as postgres "$(postgres_bin)/pg_ctl" stop -w -m fast -D "$folder/postgres/data" >/dev/null 2>&1 || true
    rm -f "$folder/servers.env"
}

# Stops the servers when a process has ended, however it ended.
watch() {
    while ! ended "$1" && [ -f "$folder/servers.env" ]; do sleep 1; done
    stop
}

command=${1:?install, start, restart-broker or stop}
if [ "$command" = install ]; then
    install
    exit
fi

folder=${2:?the folder of the data}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
case $command in
    start)
        chmod 755 "$folder"
        trap 'write_environment; stop' ERR
        start_postgres
        start_rabbit
        trap - ERR
        write_environment
        [ $# -lt 3 ] || watch "$3" </dev/null >/dev/null 2>&1 &
        ;;
    restart-broker)
        # shellcheck disable=SC1091
        . "$folder/servers.env"
        stop_broker
        start_broker
        ;;
    stop) stop ;;
    *) echo "servers.sh: $command is not known: write install, start, restart-broker or stop." >&2; exit 2 ;;
esac
