import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { RawBodyRequest } from '@nestjs/common';
import { IsInt, IsString } from 'class-validator';
import type { Request } from 'express';

/** What a pipe of the shop's checks, where it has one. */
export class OrderDto {
  @IsString()
  article!: string;

  @IsInt()
  count!: number;
}

/** Routes that know nothing of Gatehouse. */
@Controller('orders')
export class OrdersController {
  @Get()
  list(): object {
    return { orders: [] };
  }

  @Post()
  place(@Body() order: OrderDto): object {
    return { placed: order, isInstance: order instanceof OrderDto };
  }

  /** As a payment provider calls it, with a signature over the bytes. */
  @Post('paid')
  paid(@Req() request: RawBodyRequest<Request>): object {
    return { raw: request.rawBody?.toString() ?? null, body: request.body as unknown };
  }
}
