#!/bin/sh
# Installing starts nothing. An upgrade restarts what runs, which costs a
# second of coverage: baselines are on disk.
set -e
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl try-restart thermie-agent.service thermie-collector.service || :
fi
