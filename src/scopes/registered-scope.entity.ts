import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A scope that clients may ask for, as people see it on the consent page. */
@Entity('gh_scope')
export class RegisteredScope {
  @PrimaryColumn('text')
  name: string;

  @Column('text')
  title: string;

  @Column('text')
  description: string;

  /** The claims of a user that it opens. @see OpenID Connect Core §5.4 */
  @Column('text', { array: true })
  claims: string[];

  /** Given where a request names no scope at all. */
  @Column('boolean', { name: 'is_default' })
  isDefault: boolean;

  /** Seconds that an access token with this scope lives at most; null = no limit of its own. */
  @Column('integer', { name: 'access_token_ttl', nullable: true })
  accessTokenTtl: number | null;

  /** Only an administrator may allow it to a client. */
  @Column('boolean')
  restricted: boolean;
}
