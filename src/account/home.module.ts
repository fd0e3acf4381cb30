import { Module } from '@nestjs/common';
import { FaviconController, PagesModule } from '../pages/index.js';
import { SessionsModule } from '../sessions/index.js';
import { HomeController } from './home.controller.js';

/** The page at `/`, and the icon: for the server that runs alone, because a host application has a first page of its own. */
@Module({ imports: [PagesModule, SessionsModule], controllers: [HomeController, FaviconController] })
export class HomeModule {}
