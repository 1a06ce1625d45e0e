$TTL 300
@     SOA  ns1 hostmaster ( 1 7200 1800 259200 60 )
@     NS   ns1
ns1   A    127.0.0.1
info  TXT  "static records stay as they are"
shop  60   DYNA weighted!shop
app   30   DYNA metafo!app
me    10   DYNA reflect
