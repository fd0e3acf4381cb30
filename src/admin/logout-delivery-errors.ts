import { ConflictException, NotFoundException } from '@nestjs/common';

export class LogoutDeliveryNotFoundError extends NotFoundException {
  constructor() {
    super('there is no such delivery');
  }
}

export class LogoutDeliveredError extends ConflictException {
  constructor() {
    super('the application was told already');
  }
}
