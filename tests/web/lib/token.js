'use strict';
// Form tokens as src/platform/http/csrf.c makes them, so that a test can send any form as anybody:
// base 32 of 16 random bytes, then of the first 20 bytes of HMAC(secret, "csrf\nBINDING\nFORM\nNONCE").

const crypto = require('crypto');

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(bytes) {
  let text = '';
  let window = 0;
  let bits = 0;
  for (const byte of bytes) {
    window = ((window << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) {
      text += ALPHABET[(window >> (bits - 5)) & 31];
    }
  }
  return bits > 0 ? text + ALPHABET[(window << (5 - bits)) & 31] : text;
}

/** A token for the form `name`, bound to a session (or to a visitor's seed). */
function makeToken(secret, binding, name) {
  const nonce = base32(crypto.randomBytes(16));
  const mac = crypto.createHmac('sha256', secret).update(`csrf\n${binding}\n${name}\n${nonce}`).digest();
  return nonce + base32(mac.subarray(0, 20));
}

/** A token that this client's form `name` will be believed with. */
async function tokenFor(client, secret, name) {
  if (!client.cookies.has('yz_session') && !client.cookies.has('yz_seed')) {
    await client.get('/sign-in'); /* gives a visitor the seed */
  }
  const binding = client.cookies.get('yz_session') || client.cookies.get('yz_seed') || '';
  return makeToken(secret, binding, name);
}

module.exports = { makeToken, tokenFor };
