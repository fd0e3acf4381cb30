import { UnauthorizedException } from '@nestjs/common';

/** Nobody is signed in, or not completely: the pages lead to sign-in and back. */
export class SignInNeededError extends UnauthorizedException {
  constructor(
    /** The page to lead back to. */
    readonly returnTo?: string,
    /** The authorization request to go on with. */
    readonly interaction?: string,
    /** Where the sign-in goes on. */
    readonly page: string = '/login',
  ) {
    super('please sign in first');
  }
}
