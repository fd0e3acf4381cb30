import { Injectable } from '@nestjs/common';
import { AccessDeniedError, Clock, IssuancePolicy, Scope, Verdict } from 'gatehouse';
import type { Issuance, IssuanceJudge } from 'gatehouse';

const HOUR = 60 * 60;

@Injectable()
@IssuancePolicy()
export class OfficeHoursPolicy implements IssuanceJudge {
  constructor(private readonly clock: Clock) {}

  judge({ client, subject, scope }: Issuance): Verdict {
    if (subject === null || !scope.has('write')) return Verdict.allow();
    if (client.isPublic) return Verdict.narrow({ scope: scope.without(new Scope(['write'])) });
    const hour = this.clock.now().getUTCHours();
    if (hour < 7 || hour >= 19) return Verdict.deny(new AccessDeniedError('only in office hours'));
    return Verdict.stepUp({ maxAge: HOUR });
  }
}
