import { ConflictException } from '@nestjs/common';

export class UserExistsError extends ConflictException {
  constructor() {
    super('there is a user with this name already');
  }
}
