import { ConflictException, NotFoundException } from '@nestjs/common';

export class UserNotFoundError extends NotFoundException {
  constructor() {
    super('there is no such user');
  }
}

/** The last administrator would lock everybody out. */
export class OwnUserError extends ConflictException {
  constructor() {
    super('nobody can disable himself');
  }
}
