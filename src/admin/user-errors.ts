import { ConflictException, NotFoundException } from '@nestjs/common';

export class UserNotFoundError extends NotFoundException {
  constructor() {
    super('there is no such user');
  }
}

/** Nobody locks himself out by a slip. */
export class OwnUserError extends ConflictException {
  constructor() {
    super('nobody can disable himself');
  }
}

/** The declarative file holds the user, and would undo the change at the next start. */
export class DeclaredUserError extends ConflictException {
  constructor() {
    super('this user is managed by the configuration file: change it there');
  }
}
