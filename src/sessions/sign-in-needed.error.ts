import { UnauthorizedException } from '@nestjs/common';

/** Nobody is signed in: the pages lead to sign-in and back. */
export class SignInNeededError extends UnauthorizedException {
  constructor(readonly returnTo?: string) {
    super('please sign in first');
  }
}
