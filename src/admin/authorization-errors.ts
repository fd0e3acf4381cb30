import { NotFoundException } from '@nestjs/common';

export class AuthorizationNotFoundError extends NotFoundException {
  constructor() {
    super('there is no such authorization');
  }
}
