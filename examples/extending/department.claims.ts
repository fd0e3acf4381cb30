import { Injectable } from '@nestjs/common';
import { ContributesClaims } from 'gatehouse';
import type { Claims, ClaimsContext, ClaimsContributor } from 'gatehouse';
import { Directory } from './directory.js';

@Injectable()
@ContributesClaims('id_token', 'access_token', 'userinfo', 'introspection')
export class DepartmentClaims implements ClaimsContributor {
  readonly claims = ['department'];

  constructor(private readonly directory: Directory) {}

  async contribute({ subject, scope }: ClaimsContext): Promise<Claims> {
    if (subject === null || !scope.has('profile')) return {};
    return { department: await this.directory.departmentOf(subject) };
  }
}
