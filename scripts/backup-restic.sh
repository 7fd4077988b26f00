#!/bin/sh
# One night's backup with restic: `scripts/backup-restic.sh DIR [--log]`. Makes the backup in DIR, hands it to the repository of
# RESTIC_REPOSITORY (with RESTIC_PASSWORD_FILE or RESTIC_PASSWORD), and forgets what is older than a year. Whatever is killed here,
# the next run begins as if nothing had been. See docs/backup.md.
set -eu
dir=${1:?usage: scripts/backup-restic.sh DIR [--log]}
cd "$(dirname "$0")/.."

# Restic takes its memory in proportion to what it may leave uncollected, and works on as many cores as there are.
export GOGC="${GOGC:-20}" GOMAXPROCS="${GOMAXPROCS:-1}"
# Answers go first: nobody waits for a backup.
renice -n 19 $$ >/dev/null

node dist/scripts/backup.js "$@"
# Takes away locks of runs that are no more, and no others: a run of this machine whose process is gone, or one that has said
# nothing for half an hour.
restic unlock --quiet
restic backup --quiet --tag digpit "$dir"
restic forget --quiet --tag digpit --keep-daily 7 --keep-weekly 5 --keep-monthly 12 --prune
