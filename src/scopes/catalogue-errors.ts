import { ConflictException, NotFoundException } from '@nestjs/common';

export class EntryExistsError extends ConflictException {
  constructor(what: string) {
    super(`there is such a ${what} already`);
  }
}

export class EntryNotFoundError extends NotFoundException {
  constructor(what: string) {
    super(`there is no such ${what}`);
  }
}

/** A standard scope, or an entry that the configuration file would bring back at the next start. */
export class ReadOnlyEntryError extends ConflictException {
  constructor(what: string) {
    super(`this ${what} cannot be changed here: it is a standard one, or managed by the configuration file`);
  }
}
