import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { IsNull, MoreThan, Repository } from 'typeorm';
import { AuditService, changesBetween } from '../audit/index.js';
import type { Actor } from '../audit/index.js';
import type { Client } from '../clients/index.js';
import { Clock, timeOrderedId } from '../common/index.js';
import type { Scope } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, InjectRepository, LastUses, prepared } from '../database/index.js';
import { EventsService, OnOAuthEvent } from '../events/index.js';
import type { OAuthEventMap } from '../events/index.js';
import { Authorization } from './authorization.entity.js';
import type { RequestedClaims } from './authorization.entity.js';
import { Binding } from './bind.js';
import { insertFamily } from './token-statement.js';
import type { LiveAccessToken } from './live-access-token.js';

/** What a new family starts from. */
export interface NewAuthorization {
  readonly client: Client;
  readonly subject: string;
  readonly username: string | null;
  readonly scope: Scope;
  readonly resources: readonly string[];
  readonly session?: {
    readonly id: string;
    readonly authenticatedAt: Date;
    readonly methods: readonly string[];
  };
  /** The authentication context that the sign-in satisfied. */
  readonly acr?: string | null;
  readonly claims?: RequestedClaims | null;
}

/** Which families to list. */
export interface AuthorizationsPage {
  readonly offset: number;
  readonly limit: number;
  readonly subject?: string;
  readonly clientId?: string;
}

/** The roots of token families: made, listed, revoked. */
@Injectable()
export class AuthorizationsService implements BeforeApplicationShutdown {
  private readonly lastUses: LastUses;

  constructor(
    @InjectRepository(Authorization) private readonly authorizations: Repository<Authorization>,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly events: EventsService,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {
    this.lastUses = new LastUses(database, 'gh_authorization');
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.lastUses.close();
  }

  /** Tokens of this family were issued just now. */
  noteUse({ id }: Authorization): void {
    this.lastUses.note(id, this.clock.now());
  }

  /** A family that is not stored yet: whoever issues its first credential stores both in one statement. */
  make(family: NewAuthorization): Authorization {
    return Object.assign(new Authorization(), {
      id: timeOrderedId(),
      isNew: true,
      clientId: family.client.id,
      subject: family.subject,
      username: family.username,
      grantedScope: family.scope.toString(),
      resources: [...family.resources],
      sessionId: family.session?.id ?? null,
      authenticatedAt: family.session?.authenticatedAt ?? null,
      methods: [...(family.session?.methods ?? [])],
      acr: family.acr ?? null,
      claims: family.claims ?? null,
      createdAt: this.clock.now(),
      expiresAt: this.clock.in(family.client.refreshTokenTtl ?? this.settings.refreshToken.ttl),
      lastUsedAt: null,
      revokedAt: null,
      revocationReason: null,
    });
  }

  /** One that no credential stores: what is returned is an ID token alone, and its session must know of it. */
  async store(authorization: Authorization): Promise<void> {
    const { bind, values } = new Binding();
    const statement = prepared(
      `WITH family AS (${insertFamily(authorization, bind, 'true')}) SELECT 1 FROM family`,
    );
    await this.database.run(statement, values);
    authorization.isNew = false;
  }

  /** What a user has allowed and what is still in force, youngest first. */
  async ofSubject(subject: string): Promise<Authorization[]> {
    await this.lastUses.write();
    const expiresAt = MoreThan(this.clock.now());
    return this.authorizations.find({
      where: { subject, revokedAt: IsNull(), expiresAt },
      order: { createdAt: 'DESC' },
    });
  }

  /** A page of all that are stored, dead ones too, youngest first, and how many there are in all. */
  list({ offset, limit, subject, clientId }: AuthorizationsPage): Promise<[Authorization[], number]> {
    return this.authorizations.findAndCount({
      where: { ...(subject !== undefined && { subject }), ...(clientId !== undefined && { clientId }) },
      order: { id: 'DESC' },
      skip: offset,
      take: limit,
    });
  }

  /** The family, dead or alive. */
  find(id: string): Promise<Authorization | null> {
    return this.authorizations.findOneBy({ id });
  }

  /** The family that an access token belongs to; null for one that a machine got for itself. */
  async findOf({ authorizationId }: LiveAccessToken): Promise<Authorization | null> {
    return authorizationId === null ? null : this.find(authorizationId);
  }

  /** Ends a family on behalf of somebody, for the record; false when it had ended already. */
  async revokeFor(actor: Actor, id: string, reason: string): Promise<boolean> {
    const isRevoked = await this.audit.transaction(async (manager) => {
      const revokedAt = this.clock.now();
      const change = { revokedAt, revocationReason: reason };
      const { affected } = await manager.update(Authorization, { id, revokedAt: IsNull() }, change);
      if (!affected) return false;
      const changes = changesBetween(null, { revoked_at: revokedAt, reason });
      await this.audit.record(manager, { actor, action: 'authorization.revoked', target: id, changes });
      return true;
    });
    if (isRevoked) this.events.emit('authorization.revoked', { authorizationId: id, reason });
    return isRevoked;
  }

  /** Ends a family: every token of it is dead from now on. */
  async revoke(id: string, reason: string): Promise<void> {
    if (await this.revokeWhere({ id }, reason))
      this.events.emit('authorization.revoked', { authorizationId: id, reason });
  }

  /** Ends whatever a user has allowed, to one client or to all. */
  revokeOfSubject(subject: string, reason: string, clientId?: string): Promise<number> {
    return this.revokeWhere({ subject, ...(clientId !== undefined && { clientId }) }, reason);
  }

  /** A client that is gone must not come back to life in a namesake. */
  @OnOAuthEvent('client.deleted')
  async revokeOfClient({ clientId }: OAuthEventMap['client.deleted']): Promise<void> {
    await this.revokeWhere({ clientId }, 'the client was deleted');
  }

  private async revokeWhere(where: Partial<Authorization>, revocationReason: string): Promise<number> {
    const change = { revokedAt: this.clock.now(), revocationReason };
    const { affected } = await this.authorizations.update(
      { ...where, revokedAt: IsNull() } as object,
      change,
    );
    return affected ?? 0;
  }
}
