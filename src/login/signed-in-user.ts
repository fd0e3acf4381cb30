import type { SignedInUser } from '../pages/index.js';
import { SignInNeededError } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import type { UserStore } from '../users/index.js';

/**
 * Who is signed in, as pages greet him.
 * @throws SignInNeededError when the user was removed or disabled meanwhile
 */
export async function signedInUser(users: UserStore, { subject }: Session): Promise<SignedInUser> {
  const user = await users.findBySubject(subject);
  if (!user) throw new SignInNeededError();
  const { username, claims, roles } = user;
  return { username, roles, name: textOf(claims['name']), email: textOf(claims['email']) };
}

const textOf = (claim: unknown): string | undefined => (typeof claim === 'string' ? claim : undefined);
