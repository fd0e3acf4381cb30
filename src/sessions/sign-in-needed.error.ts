import { UnauthorizedException } from '@nestjs/common';

/** Nobody is signed in: the pages lead to sign-in and back. */
export class SignInNeededError extends UnauthorizedException {
  constructor(
    /** The page to lead back to. */
    readonly returnTo?: string,
    /** The authorization request to go on with. */
    readonly interaction?: string,
  ) {
    super('please sign in first');
  }
}
