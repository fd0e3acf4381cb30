import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An API that tokens can be meant for: the audience. @see RFC 8707 §2 */
@Entity('gh_resource')
export class Resource {
  /** An absolute URI. */
  @PrimaryColumn('text')
  identifier: string;

  @Column('text')
  name: string;

  /** The scopes that mean something to it; empty = every one. */
  @Column('text', { array: true })
  scopes: string[];

  @Column('text', { name: 'access_token_format', nullable: true })
  accessTokenFormat: 'opaque' | 'jwt' | null;

  /** Seconds. */
  @Column('integer', { name: 'access_token_ttl', nullable: true })
  accessTokenTtl: number | null;
}
