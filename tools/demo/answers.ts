import { Type } from 'class-transformer';
import { IsArray, IsInt, IsString, ValidateNested } from 'class-validator';

/** What the services answer, as far as the demo looks at it. */
export class OrderAnswer {
  @IsString()
  id: string;

  @IsString()
  status: string;
}

export class StockAnswer {
  @IsString()
  sku: string;

  @IsInt()
  onHand: number;

  @IsInt()
  reserved: number;

  @IsInt()
  available: number;
}

class MailAddress {
  @IsString()
  address: string;
}

/** A mail as MailDev lists it. */
export class MailAnswer {
  @IsString()
  id: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MailAddress)
  to: MailAddress[];

  @IsString()
  subject: string;
}

export class TextAnswer {
  @IsString()
  sid: string;

  @IsString()
  to: string;

  @IsString()
  body: string;
}

/** The list of texts, in the provider's envelope. */
export class TextsAnswer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TextAnswer)
  messages: TextAnswer[];
}
