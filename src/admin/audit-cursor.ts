import { Injectable } from '@nestjs/common';
import { parse as bytesOf, stringify as uuidOf } from 'uuid';
import { Clock, InvalidRequestError } from '../common/index.js';
import { KeyEncryption } from '../keys/index.js';

/** Seconds. */
const LIFE = 3600;
const ID_BYTES = 16;

/**
 * Where a page of the audit trail ended. A cursor is sealed and authenticated with the key-encryption key, for one
 * reader and one query: nobody makes one up, edits one, or takes one elsewhere.
 */
@Injectable()
export class AuditCursor {
  constructor(
    private readonly encryption: KeyEncryption,
    private readonly clock: Clock,
  ) {}

  /** @param query who reads what */
  write(lastId: string, query: object): string {
    const expiry = Buffer.alloc(6);
    expiry.writeUIntBE(Math.floor(this.clock.in(LIFE).getTime() / 1000), 0, 6);
    const content = Buffer.concat([bytesOf(lastId), expiry]);
    return this.encryption.encrypt(content, contextOf(query)).toString('base64url');
  }

  /** The id of the last record of the page before. @throws InvalidRequestError */
  read(cursor: string, query: object): string {
    const content = this.open(Buffer.from(cursor, 'base64url'), cursor, query);
    if (content.readUIntBE(ID_BYTES, 6) * 1000 <= this.clock.now().getTime()) throw invalid();
    return uuidOf(content.subarray(0, ID_BYTES));
  }

  private open(sealed: Buffer, cursor: string, query: object): Buffer {
    // A last character with spare bits set would decode to the same bytes.
    if (sealed.toString('base64url') !== cursor) throw invalid();
    try {
      return this.encryption.decrypt(sealed, contextOf(query));
    } catch (cause) {
      throw invalid(cause);
    }
  }
}

const contextOf = (query: object): string => `gatehouse audit cursor ${JSON.stringify(query)}`;

const invalid = (cause?: unknown): InvalidRequestError =>
  new InvalidRequestError('cursor is not valid for this query, or is too old: begin at the first page', {
    parameter: 'cursor',
    cause,
  });
