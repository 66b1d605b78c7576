#!/bin/sh
# /usr/bin/comptoir: the counter's program and its commands. What is a command is decided as electron/cli/command.ts does.
set -e

# A process that crashes leaves no memory on the disk, hence nothing that was typed and no token (core(5)).
ulimit -S -c 0

program=/opt/Comptoir/comptoir

is_command=no
for word in "$@"; do
  case $word in
    --version | --check-config | --diagnostic)
      is_command=yes
      break
      ;;
    -*) ;;
    *)
      is_command=yes
      break
      ;;
  esac
done

if [ "$(id -u)" -eq 0 ]; then
  if [ "$is_command" = no ]; then
    echo "Comptoir ne s'ouvre pas sous le compte root : lancez-le depuis la session du comptoir." >&2
    exit 1
  fi
  # Chromium starts nothing as root without it; a command draws nothing and loads no page.
  exec "$program" --no-sandbox "$@"
fi

if [ "$is_command" = no ] && [ -z "$DISPLAY" ] && [ -z "$WAYLAND_DISPLAY" ]; then
  echo "Comptoir a besoin d'un écran : ouvrez-le depuis la session graphique du comptoir." >&2
  exit 69
fi

exec "$program" "$@"
