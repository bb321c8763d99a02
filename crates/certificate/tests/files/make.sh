#!/bin/sh
# Makes the files beside it anew, with openssl: those that no Rust library makes for the tests. Every key in them is under
# the passphrase "boxdeck" and good for nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
name='/O=Boxdeck tests/CN=files.boxdeck.test'
openssl ecparam -name prime256v1 -genkey -noout -out "$work/key"
openssl req -new -x509 -key "$work/key" -days 9000 -subj "$name" -addext 'subjectAltName=DNS:files.boxdeck.test' -out "$work/own.pem"
openssl pkcs12 -export -inkey "$work/key" -in "$work/own.pem" -passout pass:boxdeck -out bundle.p12
openssl crl2pkcs7 -nocrl -certfile "$work/own.pem" -out envelope.p7b
openssl crl2pkcs7 -nocrl -certfile "$work/own.pem" -outform der -out envelope.der
openssl pkcs8 -topk8 -in "$work/key" -passout pass:boxdeck -out locked.pem
openssl pkcs8 -topk8 -in "$work/key" -passout pass:boxdeck -outform der -out locked.der
openssl ec -in "$work/key" -aes256 -passout pass:boxdeck -out locked-old.pem 2>/dev/null
openssl x509 -in "$work/own.pem" -text -out described.pem
openssl req -new -key "$work/key" -subj "$name" -outform der -out request.der
openssl ec -in "$work/key" -pubout -out public.pem 2>/dev/null
