import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../common/index.js';
import { loadAssets, sendAsset } from './page-assets.js';
import type { PageAsset } from './page-assets.js';
import { PagesOptions } from './pages-options.js';

/** What browsers ask every site for: the mark, where the site is Gatehouse's own. */
@ApiExcludeController()
@Controller('favicon.ico')
@Public()
export class FaviconController {
  private readonly icon: PageAsset;

  constructor(private readonly options: PagesOptions) {
    this.icon = loadAssets(options.templatesDirectory)['mark.svg'];
  }

  @Get()
  show(@Res() response: Response): void {
    sendAsset(response, this.icon, undefined, this.options.secure);
  }
}
