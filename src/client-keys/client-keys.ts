import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactVerify } from 'jose';
import type { JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { ClientSecretsService } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { Clock } from '../common/index.js';
import { GuardedFetcher } from '../fetching/index.js';
import { compactJws } from './compact-jws.js';
import type { CompactJws } from './compact-jws.js';
import { fits, importedKey } from './key-fitness.js';
import { RemoteKeySet } from './remote-key-set.js';

/** Whoever publishes keys, or keeps a readable secret: a client, mostly. */
export type KeyOwner = Pick<Client, 'id' | 'jwksUri' | 'jwks' | 'secrets'>;

/** A JWT that a client has signed. What it claims is still to be checked. */
export type SignedJwt = Pick<CompactJws, 'header' | 'payload'>;

export interface SignatureChecks {
  /** Those that the caller takes from this client, of RS256, PS256, ES256, EdDSA and HS256; `none` never. */
  readonly algorithms: readonly string[];
}

/** A key to encrypt to. */
export interface EncryptionKey {
  readonly key: KeyObject;
  /** Goes into the header, where the client's key has one. */
  readonly kid?: string;
}

/** Clients with a jwks_uri whose keys are remembered. */
const REMEMBERED = 5000;

/** The keys of clients: inline, published at their jwks_uri, or (HS256) their readable secrets. */
@Injectable()
export class ClientKeys {
  private readonly remote = new LRUCache<string, RemoteKeySet>({ max: REMEMBERED });

  constructor(
    private readonly secrets: ClientSecretsService,
    private readonly fetcher: GuardedFetcher,
    private readonly clock: Clock,
  ) {}

  /**
   * Header and payload of a JWS that this client made with one of these algorithms; null for anything else.
   * The caller checks what it says: `typ`, `iss`, `aud`, `exp` and the like. Keys that the token itself names
   * (`jwk`, `jku`, `x5c`, `x5u`) mean nothing.
   *
   * @see RFC 7515 §5.2, RFC 8725 §3.1, OpenID Connect Core §10.1
   */
  async verify(client: KeyOwner, jwt: string, { algorithms }: SignatureChecks): Promise<SignedJwt | null> {
    const jws = compactJws(jwt);
    if (!jws || !algorithms.includes(jws.header.alg)) return null;
    if (jws.header.alg === 'HS256') return this.verifyWithSecrets(client, jws);
    const verified = await verifyWithAny(await this.keysOf(client), jws);
    if (verified) return verified;
    const newer = await this.remoteOf(client)?.newerKeys();
    return newer ? verifyWithAny(newer, jws) : null;
  }

  /**
   * The client's key to encrypt to with this key-wrapping algorithm; null when it has none.
   * @see OpenID Connect Core §10.2
   */
  async encryptionKey(client: Client, alg: string): Promise<EncryptionKey | null> {
    const found = encryptionKeyIn(await this.keysOf(client), alg);
    if (found) return found;
    const newer = await this.remoteOf(client)?.newerKeys();
    return newer ? encryptionKeyIn(newer, alg) : null;
  }

  private async verifyWithSecrets(client: KeyOwner, jws: CompactJws): Promise<SignedJwt | null> {
    for (const readable of this.secrets.readAll(client)) {
      const verified = await verifyWith(Buffer.from(readable.secret), jws);
      if (!verified) continue;
      this.secrets.noteUse(readable);
      return verified;
    }
    return null;
  }

  private keysOf(client: KeyOwner): Promise<readonly JWK[]> {
    return this.remoteOf(client)?.keys() ?? Promise.resolve(client.jwks?.keys ?? []);
  }

  private remoteOf({ id, jwksUri }: KeyOwner): RemoteKeySet | null {
    if (jwksUri === null) return null;
    const name = `${id}\n${jwksUri}`;
    const known = this.remote.get(name);
    if (known) return known;
    const set = new RemoteKeySet(jwksUri, id, this.fetcher, this.clock);
    this.remote.set(name, set);
    return set;
  }
}

async function verifyWithAny(keys: readonly JWK[], jws: CompactJws): Promise<SignedJwt | null> {
  const { alg, kid } = jws.header;
  for (const jwk of keys) {
    const isNamed = kid === undefined || jwk.kid === undefined || jwk.kid === kid;
    const key = isNamed && fits(jwk, alg, 'sig') ? importedKey(jwk) : null;
    const verified = key && (await verifyWith(key, jws));
    if (verified) return verified;
  }
  return null;
}

async function verifyWith(
  key: KeyObject | Buffer,
  { text, header, payload }: CompactJws,
): Promise<SignedJwt | null> {
  try {
    await compactVerify(text, key, { algorithms: [header.alg] });
    return { header, payload };
  } catch {
    return null;
  }
}

/** One that says it is for encryption comes before one that does not say. */
function encryptionKeyIn(keys: readonly JWK[], alg: string): EncryptionKey | null {
  const fitting = keys.filter((key) => fits(key, alg, 'enc'));
  const byUse = [...fitting.filter(({ use }) => use === 'enc'), ...fitting.filter(({ use }) => !use)];
  for (const jwk of byUse) {
    const key = importedKey(jwk);
    if (key) return { key, kid: typeof jwk.kid === 'string' ? jwk.kid : undefined };
  }
  return null;
}
