import { Column } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { OpenIdClient } from './openid-client.js';

/** What is kept of a client that has registered itself. @see RFC 7591, RFC 7592 */
export abstract class SelfRegisteredClient extends OpenIdClient {
  /** What let it in: `initial access token` and its label, or `open registration`; null = it did not register itself. */
  @Column('text', { name: 'registered_with', nullable: true })
  registeredWith: string | null;

  /** SHA-256 of its registration access token; null once an administrator looks after it. */
  @Column('bytea', { name: 'registration_digest', nullable: true })
  registrationDigest: Buffer | null;

  /** As it came. @see RFC 7591 §2.3 */
  @Column('text', { name: 'software_statement', nullable: true })
  softwareStatement: string | null;

  /** Somebody has allowed it something, or it has proven itself. Kept for those that registered themselves only. */
  @Column('boolean', { default: false })
  used: boolean;
}

/** What a client that registers itself brings along. */
export interface SelfRegistration {
  /** Of its registration access token. */
  readonly digest: Buffer;
  readonly registeredWith: string;
  readonly softwareStatement: string | null;
  /** Takes a use of what it registers with, in the same transaction; throws where there is none left. */
  readonly admit?: (manager: EntityManager) => Promise<void>;
}
