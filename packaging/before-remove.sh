#!/bin/sh
# On removal (deb: remove, rpm: 0), not on upgrade.
set -e
case "$1" in
remove | 0)
  if [ -d /run/systemd/system ]; then
    for unit in thermie-agent.service thermie-collector.service; do
      systemctl disable --now "$unit" || : # one of them may not be there
    done
  fi
  ;;
esac
