import { Injectable } from '@nestjs/common';
import { InvalidClientMetadataError } from '../common/index.js';
import { GuardedFetcher } from '../fetching/index.js';

/** Bytes: some thousand redirect URIs. */
const MAXIMUM_DOCUMENT = 100_000;

interface Sector {
  readonly sector_identifier_uri?: string;
  readonly redirect_uris: readonly string[];
}

/** Finds out whether a client belongs to the sector that it names. @see OpenID Connect Dynamic Client Registration §5 */
@Injectable()
export class SectorIdentifiersService {
  constructor(private readonly fetcher: GuardedFetcher) {}

  /**
   * The document that the client names must list each of its redirect URIs: whoever could join a sector by naming it
   * would learn what others call a user.
   * @throws InvalidClientMetadataError
   */
  async check({ sector_identifier_uri: uri, redirect_uris }: Sector): Promise<void> {
    if (uri === undefined) return;
    const listed = await this.listedAt(uri);
    if (redirect_uris.every((one) => listed.includes(one))) return;
    throw invalid('a redirect URI is not in the document at sector_identifier_uri');
  }

  private async listedAt(uri: string): Promise<readonly unknown[]> {
    try {
      const options = { accept: 'application/json', maximumBytes: MAXIMUM_DOCUMENT };
      const { status, body } = await this.fetcher.get(uri, options);
      const listed: unknown = status === 200 ? JSON.parse(body.toString('utf8')) : null;
      if (Array.isArray(listed)) return listed;
    } catch (cause) {
      throw invalid(UNREADABLE, cause);
    }
    throw invalid(UNREADABLE);
  }
}

/** The same for whatever the reason is: an answer that tells more would map networks. */
const UNREADABLE = 'there is no JSON array of redirect URIs at sector_identifier_uri';

const invalid = (description: string, cause?: unknown): InvalidClientMetadataError =>
  new InvalidClientMetadataError(description, { parameter: 'sector_identifier_uri', cause });
