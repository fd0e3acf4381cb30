import { DiscoveryService } from '@nestjs/core';

/** A part of the discovery document. Lists of several features are joined. @see RFC 8414 §2 */
export type ServerMetadata = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A feature's part of the discovery document: what is not loaded is not advertised. */
export interface MetadataContributor {
  metadata(): ServerMetadata | Promise<ServerMetadata>;
}

/** Marks a provider as {@link MetadataContributor}. */
export const ContributesMetadata = DiscoveryService.createDecorator();
