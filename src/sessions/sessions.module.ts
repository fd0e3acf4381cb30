import { Module } from '@nestjs/common';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { BrowsersService } from './browsers.service.js';
import { Cookies } from './cookies.js';
import { StoredSession } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [repositoriesOf(StoredSession), DatabaseModule, EventsModule],
  providers: [Cookies, BrowsersService, SessionsService],
  exports: [BrowsersService, SessionsService],
})
export class SessionsModule {}
