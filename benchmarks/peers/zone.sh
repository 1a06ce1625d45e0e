# shellcheck shell=bash
# A zone with one address a name: what a server without weights can answer.
static_zone() {
  awk -v n="$1" -v zone="$ZONE" 'BEGIN {
    printf "$ORIGIN %s.\n$TTL 30\n@ SOA ns1 hostmaster 1 3600 600 86400 30\n@ NS ns1\nns1 A 127.0.0.1\n", zone
    for (i = 0; i < n; i++) printf "svc%06d A 198.18.%d.%d\n", i, int(i / 250) % 250, i % 250 + 1
  }'
}

change_static() {
  sed -i -e 's/hostmaster 1 /hostmaster 2 /' -e 's/^svc000000 .*/svc000000 A 198.19.255.1/' "$1"
}
