import { Equals, IsISO8601, IsNotEmpty, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsPlainText } from './plain-text';

/** The content type of an event in structured JSON mode (CloudEvents 1.0, JSON Event Format, section 3). */
export const CLOUD_EVENT_CONTENT_TYPE = 'application/cloudevents+json';

/** The longest id and the longest source of an event, in characters: both are kept in the index by which a repeat is recognised. */
const LONGEST_ID = 255;

/** What a service writes as the `source` of its events. */
export const sourceOf = (service: string): string => `/${service}`;

/**
 * The envelope that every event travels in: CloudEvents 1.0, structured JSON.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the publisher names the data it sends
export class CloudEvent<Data extends object = object> {
  @Equals('1.0')
  specversion: '1.0';

  /** A UUIDv7 from our services; from others any text, which is unique for their source only. */
  @IsPlainText()
  @MaxLength(LONGEST_ID)
  id: string;

  /** The service that published it, as a path: `/order-api`. */
  @IsPlainText()
  @MaxLength(LONGEST_ID)
  source: string;

  @IsString()
  @IsNotEmpty()
  type: string;

  @IsOptional()
  @IsString()
  subject?: string;

  @IsOptional()
  @IsISO8601()
  time?: string;

  @IsOptional()
  @IsString()
  datacontenttype?: string;

  /** Ends in `/<type>/v<major>`. Absent means version 1. */
  @IsOptional()
  @IsString()
  dataschema?: string;

  @IsObject()
  data: Data;
}
