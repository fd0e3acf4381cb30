import { createRemoteJWKSet } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { isSecureUrl } from './resource-server-options.js';

/** Milliseconds until an answer of the issuer counts as none. */
const TIMEOUT = 3000;
/** How long keys are used without being asked for again, in milliseconds: so long may a withdrawn key still count. */
const KEYS_FOR = 600_000;
/** Whoever sends unknown key ids makes us ask for the keys once in this time, in milliseconds, and no more. */
const COOLDOWN = 10_000;

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;

interface Published {
  readonly keys: RemoteKeys;
  readonly introspectionEndpoint: string | undefined;
}

/** An authorization server elsewhere: what it publishes about itself, asked for when first needed. */
export class Issuer {
  private published?: Promise<Published>;
  private keySet?: RemoteKeys;

  constructor(readonly identifier: string) {}

  async keys(): Promise<JWTVerifyGetKey> {
    return (await this.discover()).keys;
  }

  /** @throws Error when it offers none, or cannot be reached. */
  async introspectionEndpoint(): Promise<string> {
    const { introspectionEndpoint } = await this.discover();
    if (introspectionEndpoint) return introspectionEndpoint;
    throw new Error(`${this.identifier} publishes no introspection_endpoint`);
  }

  /** After a failure: addresses may have changed, so they are asked for anew. Keys that still count are kept. */
  forget(): void {
    if (!this.keySet?.fresh) this.published = undefined;
  }

  private discover(): Promise<Published> {
    this.published ??= this.ask().catch((error: unknown) => {
      this.published = undefined;
      throw error;
    });
    return this.published;
  }

  private async ask(): Promise<Published> {
    const metadata = await this.metadata();
    // RFC 8414 §3.3: whoever speaks for another issuer speaks for nobody.
    if (metadata['issuer'] !== this.identifier)
      throw new Error(`${this.identifier} publishes another issuer`);
    const { jwks_uri: jwksUri, introspection_endpoint: introspectionEndpoint } = metadata;
    const times = { timeoutDuration: TIMEOUT, cooldownDuration: COOLDOWN, cacheMaxAge: KEYS_FOR };
    this.keySet = createRemoteJWKSet(new URL(secure('jwks_uri', jwksUri)), times);
    return {
      keys: this.keySet,
      introspectionEndpoint:
        introspectionEndpoint === undefined
          ? undefined
          : secure('introspection_endpoint', introspectionEndpoint),
    };
  }

  /** @see OpenID Connect Discovery §4, RFC 8414 §3.1 */
  private async metadata(): Promise<Record<string, unknown>> {
    const { origin, pathname } = new URL(this.identifier);
    const path = pathname.replace(/\/$/, '');
    const found = await fetchJson(`${origin}${path}/.well-known/openid-configuration`).catch(
      (error: unknown) => {
        if (error instanceof UnexpectedStatusError && error.status === 404) return null;
        throw error;
      },
    );
    const metadata = found ?? (await fetchJson(`${origin}/.well-known/oauth-authorization-server${path}`));
    return metadata as Record<string, unknown>;
  }
}

class UnexpectedStatusError extends Error {
  constructor(
    url: string,
    readonly status: number,
  ) {
    super(`${url} answered ${status}`);
  }
}

/** An answer in JSON, status 200. @throws Error for anything else, or none in time. */
export async function fetchJson(url: string, request: RequestInit = {}): Promise<object> {
  const signal = AbortSignal.timeout(TIMEOUT);
  const response = await fetch(url, { ...request, redirect: 'error', signal }).catch((cause: unknown) => {
    throw new Error(`${url} cannot be reached`, { cause });
  });
  if (response.status !== 200) throw new UnexpectedStatusError(url, response.status);
  const body: unknown = await response.json();
  if (typeof body === 'object' && body !== null) return body;
  throw new Error(`${url} answered no JSON object`);
}

function secure(name: string, url: unknown): string {
  if (typeof url === 'string' && isSecureUrl(url)) return url;
  throw new Error(`${name} of the issuer is missing, or not https`);
}
