import { createHash } from 'node:crypto';

/**
 * The page that an application frames to learn whether its user is still signed in. It is written for any browser
 * since ES5, and hashes by itself, because `crypto.subtle` is missing in many and asynchronous in all.
 * A browser that keeps cookies from frames of other sites gets `error`: it would seem that the user is gone.
 * @see OpenID Connect Session Management 1.0 §3.2, FIPS 180-4 §6.2
 */
export function checkSessionPage(cookieName: string): { html: string; policy: string } {
  const script = SCRIPT.replace('COOKIE', JSON.stringify(cookieName));
  const hash = createHash('sha256').update(script).digest('base64');
  return {
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Session</title></head><body><script>${script}</script></body></html>`,
    // To be framed by applications, whichever they are, is what this page is for.
    policy: `default-src 'none'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors *`,
  };
}

const SCRIPT = `(function () {
  'use strict';
  var name = COOKIE + '=';

  function utf8(text) {
    return unescape(encodeURIComponent(text));
  }

  function rotated(word, by) {
    return (word >>> by) | (word << (32 - by));
  }

  function fraction(root) {
    return ((root - Math.floor(root)) * 4294967296) | 0;
  }

  var constants = [];
  var start = [];
  for (var candidate = 2; constants.length < 64; candidate++) {
    var isPrime = true;
    for (var divisor = 2; divisor * divisor <= candidate; divisor++) {
      if (candidate % divisor === 0) isPrime = false;
    }
    if (!isPrime) continue;
    if (start.length < 8) start.push(fraction(Math.pow(candidate, 1 / 2)));
    constants.push(fraction(Math.pow(candidate, 1 / 3)));
  }

  function padded(bytes) {
    var words = [];
    for (var i = 0; i < bytes.length; i++) words[i >> 2] |= bytes.charCodeAt(i) << (24 - (i % 4) * 8);
    words[bytes.length >> 2] |= 128 << (24 - (bytes.length % 4) * 8);
    var last = (((bytes.length + 8) >> 6) << 4) + 15;
    for (var j = 0; j <= last; j++) words[j] = words[j] | 0;
    words[last] = bytes.length * 8;
    return words;
  }

  function mixed(state, block) {
    var w = block;
    var s = state.slice();
    for (var i = 0; i < 64; i++) {
      if (i > 15) {
        var a = w[i - 15];
        var b = w[i - 2];
        var s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3);
        var s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      var e = rotated(s[4], 6) ^ rotated(s[4], 11) ^ rotated(s[4], 25);
      var choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
      var one = (s[7] + e + choice + constants[i] + w[i]) | 0;
      var c = rotated(s[0], 2) ^ rotated(s[0], 13) ^ rotated(s[0], 22);
      var majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
      s = [(one + c + majority) | 0, s[0], s[1], s[2], (s[3] + one) | 0, s[4], s[5], s[6]];
    }
    for (var k = 0; k < 8; k++) s[k] = (s[k] + state[k]) | 0;
    return s;
  }

  function sha256(text) {
    var words = padded(utf8(text));
    var state = start.slice();
    for (var i = 0; i < words.length; i += 16) state = mixed(state, words.slice(i, i + 16));
    var hex = '';
    for (var j = 0; j < 8; j++) hex += ('0000000' + (state[j] >>> 0).toString(16)).slice(-8);
    return hex;
  }

  function browserState() {
    var pairs = document.cookie.split('; ');
    for (var i = 0; i < pairs.length; i++) {
      if (pairs[i].indexOf(name) === 0) return pairs[i].substring(name.length);
    }
    return '';
  }

  function answer(message, origin) {
    var parts = typeof message === 'string' ? /^(.+) ([0-9a-f]{64})\\.([0-9a-f]{32})$/.exec(message) : null;
    if (!parts) return 'error';
    var expected = sha256(parts[1] + ' ' + origin + ' ' + browserState() + ' ' + parts[3]);
    return expected === parts[2] ? 'unchanged' : 'changed';
  }

  window.addEventListener('message', function (event) {
    if (!event.source || event.source === window || event.origin === 'null') return;
    function send(text) {
      event.source.postMessage(text, event.origin);
    }
    function sendAnswer() {
      send(answer(event.data, event.origin));
    }
    function sendError() {
      send('error');
    }
    if (!document.hasStorageAccess) return sendAnswer();
    document.hasStorageAccess().then(function (isReadable) {
      return isReadable ? sendAnswer() : sendError();
    }, sendError);
  }, false);
})();`;
