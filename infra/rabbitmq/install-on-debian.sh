#!/bin/sh
# Installs Debian's RabbitMQ for the private node of `npm start`. Run by root.
# The package would start a broker of its own on port 5672, now and at every boot: neither must happen, and what was
# there before stays as it was. The tests give the root folder of a machine that is none.
set -eu

root=${1:-}
policy=$root/usr/sbin/policy-rc.d
sysv_links=$root/etc/rc2.d
units='rabbitmq-server.service epmd.socket epmd.service'

has() { command -v "$1" >/dev/null; }
is() { has systemctl && systemctl "is-$1" --quiet "$2" 2>/dev/null; }
has_sysv_link() { ls "$sysv_links"/S*rabbitmq-server >/dev/null 2>&1; }

# One installation after the other: the second would take the policy of the first for the machine's own.
if has flock; then
  exec 9<"$root/usr/sbin"
  flock 9
fi

# Those of the units that are `active` or `enabled` now.
those() {
  for unit in $units; do
    if is "$1" "$unit"; then printf '%s ' "$unit"; fi
  done
}

active_before=" $(those active)"
enabled_before=" $(those enabled)"
if has_sysv_link; then sysv_before=yes; else sysv_before=no; fi
if [ -e "$policy" ]; then policy_before=yes; else policy_before=no; fi

restore() {
  if [ "$policy_before" = no ]; then rm -f "$policy"; fi
  for unit in $(those active); do
    case $active_before in *" $unit "*) ;; *) systemctl stop "$unit" ;; esac
  done
  for unit in $(those enabled); do
    case $enabled_before in *" $unit "*) ;; *) systemctl disable --quiet "$unit" ;; esac
  done
  if [ "$sysv_before" = no ] && has_sysv_link && has update-rc.d; then update-rc.d rabbitmq-server disable; fi
}

# Also when the installation fails or is interrupted.
trap restore EXIT
trap 'exit 1' HUP INT TERM

# 101 forbids every start of a service.
if [ "$policy_before" = no ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=600 rabbitmq-server
