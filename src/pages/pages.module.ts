import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AssetsController } from './assets.controller.js';
import { PagesService } from './pages.service.js';

/** The HTML pages and what they link to. `PagesOptions` comes from the assembled server. */
@Module({
  imports: [DiscoveryModule],
  controllers: [AssetsController],
  providers: [PagesService],
  exports: [PagesService],
})
export class PagesModule {}
