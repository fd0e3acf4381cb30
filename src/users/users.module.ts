import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/index.js';
import { DatabaseModule } from '../database/index.js';
import { LocalUser } from './local-user.entity.js';
import { LocalUsersService } from './local-users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([LocalUser]), AuditModule, DatabaseModule],
  providers: [LocalUsersService],
  exports: [LocalUsersService],
})
export class UsersModule {}
