import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { LocalUser } from './local-user.entity.js';
import { LocalUsersService } from './local-users.service.js';

@Module({
  imports: [repositoriesOf(LocalUser), AuditModule, DatabaseModule],
  providers: [LocalUsersService],
  exports: [LocalUsersService],
})
export class UsersModule {}
