import { ConflictException } from '@nestjs/common';

/** Nobody would be left to administer the server. */
export class LastAdministratorError extends ConflictException {
  constructor() {
    super('this is the last administrator: give somebody else the role first');
  }
}
