import { BadRequestException, ConflictException, NotFoundException } from '@nestjs/common';

/** By field name of the form. */
export type ApplicationFaults = Readonly<Record<string, string>>;

/** One answer for what does not exist and for what is somebody else's: nobody can tell them apart. */
export class ApplicationNotFoundError extends NotFoundException {
  constructor() {
    super('there is no such application');
  }
}

/** The form is to be filled in again: it says where and why. */
export class ApplicationFaultsError extends BadRequestException {
  constructor(readonly faults: ApplicationFaults) {
    super('some of the settings are not acceptable');
  }
}

export class TooManyApplicationsError extends ConflictException {
  constructor(maximum: number) {
    super(`you have ${maximum} applications, which is the most: delete one first`);
  }
}

export class TooManySecretsError extends ConflictException {
  constructor(maximum: number) {
    super(`this application has ${maximum} secrets, which is the most: delete one first`);
  }
}

export class NoSecretsError extends ConflictException {
  constructor() {
    super('people hold the code of this application, so it has no secret');
  }
}
