/** amqplib's types, for libraries that build on this one. */
export type {
  Channel,
  ChannelModel,
  ConfirmChannel,
  ConsumeMessage,
  GetMessage,
  Message,
  MessageProperties,
  Options,
} from 'amqplib';
