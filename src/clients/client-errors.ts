import { ConflictException, NotFoundException, PreconditionFailedException } from '@nestjs/common';

export class ClientNotFoundError extends NotFoundException {
  constructor() {
    super('there is no such client');
  }
}

export class ClientExistsError extends ConflictException {
  constructor() {
    super('there is a client with this client_id already');
  }
}

export class SecretNotFoundError extends NotFoundException {
  constructor() {
    super('there is no such secret');
  }
}

/** Somebody else has changed it meanwhile. @see RFC 9110 §13.1.1 */
export class VersionConflictError extends PreconditionFailedException {
  constructor() {
    super('it was changed meanwhile: read it again');
  }
}

/** The declarative file holds it, and would undo the change at the next start. */
export class ManagedByFileError extends ConflictException {
  constructor() {
    super('this client is managed by the configuration file: change it there');
  }
}
