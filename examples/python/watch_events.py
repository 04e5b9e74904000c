"""Prints a line for each event of an order from now on. Ctrl-C ends it.

    python3 watch_events.py amqp://visitor:…@127.0.0.1:20173/order-events
"""

import json
import sys

import pika


def show(channel, method, properties, body):
    event = json.loads(body)
    print(event["time"], event["type"], event["subject"], flush=True)


connection = pika.BlockingConnection(pika.URLParameters(sys.argv[1]))
channel = connection.channel()

# A queue of our own, which ends with this connection. The broker gives it its name.
queue = channel.queue_declare("", exclusive=True).method.queue
channel.queue_bind(queue, exchange="order_topics", routing_key="order.*")

# What is only shown may be lost, so the broker need not wait for an acknowledgement.
channel.basic_consume(queue, show, auto_ack=True)
try:
    print("Watching.", flush=True)
    channel.start_consuming()
except KeyboardInterrupt:
    connection.close()
