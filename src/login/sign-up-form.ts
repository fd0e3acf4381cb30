import type { OAuthParameters } from '../common/index.js';
import { displayableText } from '../pages/index.js';
import type { NewUser } from '../users/index.js';

/** What is wrong with a form, by field. */
export type Faults = Readonly<Record<string, string>>;

/** NIST SP 800-63B-4 §3.1.1.2: what a password that stands alone has at least, in characters. */
const SHORTEST_PASSWORD = 15;
/** Bytes: what is hashed at most. */
const LONGEST_PASSWORD = 1024;
/** One alphabet, so that nobody passes for somebody else by a letter that looks the same. */
const USERNAME = /^[a-z0-9](?:[a-z0-9._@+-]{1,62})[a-z0-9]$/;
/** Names that people would take for the operator's. */
const OPERATORS =
  /^(?:admin(?:istrator)?|root|system|support|security|help(?:desk)?|gatehouse|postmaster|webmaster)$/;
const EMAIL = /^[^\s@<>()[\]",;:\\]{1,64}@[^\s@<>()[\]",;:\\.]+(?:\.[^\s@<>()[\]",;:\\.]+)+$/u;

/** Reads the form of the sign-up page: a user to be made, or what is wrong. */
export function readSignUp(form: OAuthParameters): { user: NewUser } | { faults: Faults } {
  const username = (form['username'] ?? '').trim().toLowerCase();
  const name = (form['name'] ?? '').trim();
  const email = (form['email'] ?? '').trim();
  const password = form['password'] ?? '';
  const faults = withoutEmpty({
    username: usernameFault(username),
    password: passwordFault(password, username),
    password_again: password === (form['password_again'] ?? '') ? '' : 'The two passwords are not the same.',
    name: isText(name, 100) ? '' : 'A name has at most 100 characters, all of them visible.',
    email: email === '' || (EMAIL.test(email) && isText(email, 254)) ? '' : 'This is not an e-mail address.',
  });
  if (Object.keys(faults).length > 0) return { faults };
  const claims = { ...(name && { name }), ...(email && { email, email_verified: false }) };
  return { user: { username, password, claims } };
}

function usernameFault(username: string): string {
  if (!USERNAME.test(username))
    return 'A username is 3 to 64 of a to z, 0 to 9 and . _ @ + -, with a letter or digit at both ends.';
  return OPERATORS.test(username) ? TAKEN : '';
}

/** The one thing that this page cannot but tell about others. */
export const TAKEN = 'This name is taken.';

/** @see NIST SP 800-63B-4 §3.1.1.2: length counts; no rules of composition */
function passwordFault(password: string, username: string): string {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < SHORTEST_PASSWORD)
    return `A password has at least ${SHORTEST_PASSWORD} characters.`;
  if (Buffer.byteLength(password) > LONGEST_PASSWORD) return 'This password is too long.';
  const isGuessable = new Set(characters).size < 5 || withoutName(password, username).length < 8;
  return isGuessable ? 'This password is easy to guess.' : '';
}

const withoutName = (password: string, username: string): string =>
  username === '' ? password : password.toLowerCase().replaceAll(username, '');

/** Nothing in it hides or reorders other text. */
const isText = (text: string, longest: number): boolean =>
  text.length <= longest && displayableText(text) === text && !/[\n\t]/.test(text);

const withoutEmpty = (faults: Faults): Faults =>
  Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== ''));
