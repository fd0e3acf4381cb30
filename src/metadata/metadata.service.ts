import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { discoverProviders } from '../common/index.js';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from './server-metadata.js';
import type { MetadataContributor, ServerMetadata } from './server-metadata.js';

/** Puts the discovery document together from what the loaded features contribute. */
@Injectable()
export class MetadataService implements OnApplicationBootstrap {
  private contributors: readonly MetadataContributor[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly discovery: DiscoveryService,
  ) {}

  onApplicationBootstrap(): void {
    this.contributors = discoverProviders<MetadataContributor, unknown>(
      this.discovery,
      ContributesMetadata,
    ).map((found) => found.instance);
  }

  async document(): Promise<ServerMetadata> {
    const parts = await Promise.all(this.contributors.map(async (contributor) => contributor.metadata()));
    return parts.reduce<ServerMetadata>(join, { issuer: this.settings.issuer });
  }
}

function join(document: ServerMetadata, part: ServerMetadata): ServerMetadata {
  const joined = { ...document };
  for (const [name, value] of Object.entries(part)) {
    const earlier = joined[name];
    joined[name] =
      Array.isArray(earlier) && Array.isArray(value)
        ? [...new Set([...earlier, ...value])]
        : (value ?? earlier);
  }
  return joined;
}
