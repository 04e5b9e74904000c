#!/bin/sh
# Installs Debian's RabbitMQ for the private node of `npm start`. Run by root.
# The package would start a broker of its own on port 5672, now and at every boot: neither must happen.
set -e

policy=/usr/sbin/policy-rc.d
units='rabbitmq-server.service epmd.socket epmd.service'

is_enabled() { command -v systemctl >/dev/null && systemctl is-enabled --quiet "$1" 2>/dev/null; }

enabled_before=''
for unit in $units; do
  if is_enabled "$unit"; then enabled_before="$enabled_before $unit"; fi
done

if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q install -y --no-install-recommends rabbitmq-server

for unit in $units; do
  case " $enabled_before " in
    *" $unit "*) ;;
    *) if is_enabled "$unit"; then systemctl disable --quiet "$unit"; fi ;;
  esac
done
