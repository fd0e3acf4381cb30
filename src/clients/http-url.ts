/** An absolute URL that may be fetched or shown: https, or http on this machine. */
export const HTTP_URL =
  /^(https:\/\/[^\s/?#@\\"<>]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)([/?#][^\s\\"<>]*)?$/;

/** What class-validator says of anything else. */
export const httpUrl = { message: '$property must be an absolute https URL (http on loopback only)' };

/** The same without http: where the standard allows none, not even on this machine. */
export const HTTPS_URL = /^https:\/\/[^\s/?#@\\"<>]+([/?#][^\s\\"<>]*)?$/;
