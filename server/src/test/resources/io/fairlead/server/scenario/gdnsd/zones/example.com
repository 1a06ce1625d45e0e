$TTL 3600
@	SOA ns1 hostmaster (
	2026010100 ; serial
	7200 30M 3D 900 )
	NS ns1.example.com.
	NS ns2
ns1	A 192.0.2.53
ns2.example.com. 600 A 192.0.2.54
@	MX 10 mail
mail	A 192.0.2.60
	TXT "semicolons; (and parentheses)" plain
www	CNAME split
split	60/60	DYNA weighted!split
shop	60/60	DYNA weighted!split
both	30/30	DYNA weighted!both
names	300/300	DYNC weighted!names
together 30/30	DYNA weighted!together
all	30/30	DYNA multifo!all
all	MX 20 mail
labelled 30/30	DYNA multifo!labelled
included 1m/1m	DYNA multifo!included
healthy	30/30	DYNA simplefo!healthy
dead	30/30	DYNA simplefo!dead
broken	30/30	DYNA simplefo!broken
ladder	30/30	DYNC metafo!ladder
near	30/30	DYNC metafo!ladder/far
named	30/30	DYNA metafo!named
app	120/120	DYNA geoip!app
app.us	120/120	DYNA geoip!app/us
fixed	DYNA static!fixed
six	DYNA static!six
alias	DYNC static!alias
nobody	DYNA null
mirror	DYNA reflect!best
$ORIGIN deep.@Z
host	A 192.0.2.70
_sip._udp SRV 5 500 5060 host
$INCLUDE ../common.inc sub
last	A 192.0.2.71
