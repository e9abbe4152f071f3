# Runs the command in $1 until it exits, or until standard input ends: then refract has closed it or
# is gone, however it ended, and the command is ended with all that it started.
exec 3<&0 </dev/null
if command -v setsid >/dev/null 2>&1; then
  setsid sh -c "$1" 3<&- &
  child=$!
  all="-$child $child"
else
  sh -c "$1" 3<&- &
  child=$!
  all=$child
fi

lives() {
  for one in $all; do
    kill -0 "$one" 2>/dev/null && return 0
  done
  return 1
}

end() {
  for one in $all; do kill -TERM "$one" 2>/dev/null; done
  rounds=0
  while lives && [ "$rounds" -lt 75 ]; do
    sleep 0.2
    rounds=$((rounds + 1))
  done
  for one in $all; do kill -KILL "$one" 2>/dev/null; done
}

# A signal to the whole process group ends refract; the end of its input ends the command.
trap : TERM INT HUP
(
  trap '' TERM INT HUP
  cat <&3 >/dev/null
  end
) &
watcher=$!
exec 3<&-

while :; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || break
done
if [ "$code" -eq 0 ] && lives; then
  wait "$watcher" # the command left a server running in the background
else
  end
  kill -KILL "$watcher" 2>/dev/null
fi
exit "$code"
