import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InvalidClientMetadataError } from '../common/index.js';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';
import type { Client } from './client.entity.js';
import type { OpenIdMetadata } from './openid-metadata.js';
import { isLoopback } from './redirect-uris.js';

/** What decides by which identifier a client knows a user. */
export type SubjectAudience = Pick<Client, 'id' | 'subjectType' | 'sectorIdentifierUri' | 'redirectUris'>;

/** By which identifier a client knows a user: the same for all, or one for each sector. @see OpenID Connect Core §8 */
@Injectable()
@ContributesMetadata()
export class SubjectIdentifiers implements MetadataContributor {
  constructor(private readonly settings: Settings) {}

  /** The `sub` that this client is told. Nobody can find the user from a pairwise one, not even by trying. */
  of(client: SubjectAudience, subject: string): string {
    if (client.subjectType === 'public') return subject;
    const { pairwiseSalt } = this.settings.subject;
    if (pairwiseSalt === undefined)
      throw new Error(`client ${client.id} is pairwise: subject.pairwiseSalt is gone`);
    return createHmac('sha256', pairwiseSalt)
      .update(`${sectorOf(client)}\0${subject}`)
      .digest('base64url');
  }

  /** @throws InvalidClientMetadataError for what cannot be kept */
  check({ subject_type: type }: OpenIdMetadata): void {
    if (type !== 'pairwise' || this.settings.subject.pairwiseSalt !== undefined) return;
    const description = 'pairwise is not offered here: it needs the setting subject.pairwiseSalt';
    throw new InvalidClientMetadataError(description, { parameter: 'subject_type' });
  }

  metadata(): ServerMetadata {
    const { pairwiseSalt } = this.settings.subject;
    return { subject_types_supported: ['public', ...(pairwiseSalt === undefined ? [] : ['pairwise'])] };
  }
}

/**
 * Applications of one sector know a user by one identifier. An address on everybody's own machine, or no address at
 * all, says nothing of whose application it is: such a client is alone.
 * @see OpenID Connect Core §8.1
 */
function sectorOf({ id, sectorIdentifierUri, redirectUris }: SubjectAudience): string {
  if (sectorIdentifierUri !== null) return new URL(sectorIdentifierUri).hostname;
  const addresses = redirectUris.map((uri) => new URL(uri));
  const hosts = new Set(addresses.map(({ hostname }) => hostname));
  const isOfOneHost =
    hosts.size === 1 && addresses.every((url) => /^https?:$/.test(url.protocol) && !isLoopback(url));
  return isOfOneHost ? addresses[0]!.hostname : `client ${id}`;
}
