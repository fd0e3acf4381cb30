import { Injectable } from '@nestjs/common';
import { ContributesToPage } from 'gatehouse';
import type { PageContexts, PageContributor } from 'gatehouse';

@Injectable()
@ContributesToPage('consent')
export class OfficerContributor implements PageContributor<'consent'> {
  contribute({ client }: PageContexts['consent']): { officer: string } {
    return { officer: `Questions about ${client.name}? Ask Grace, our data protection officer.` };
  }
}
