import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LocalUser } from './local-user.entity.js';
import { LocalUsersService } from './local-users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([LocalUser])],
  providers: [LocalUsersService],
  exports: [LocalUsersService],
})
export class UsersModule {}
