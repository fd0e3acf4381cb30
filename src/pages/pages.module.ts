import { Module } from '@nestjs/common';
import { AssetsController } from './assets.controller.js';
import { PagesService } from './pages.service.js';

/** The HTML pages and what they link to. `PagesOptions` comes from the assembled server. */
@Module({
  controllers: [AssetsController],
  providers: [PagesService],
  exports: [PagesService],
})
export class PagesModule {}
