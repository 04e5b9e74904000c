"""Asks inventory how many pieces of a product can be ordered.

    python3 ask_availability.py amqp://visitor:…@127.0.0.1:20173/order-events RUBBER-CHICKEN
"""

import json
import sys
import uuid

import pika

url, sku = sys.argv[1:3]
connection = pika.BlockingConnection(pika.URLParameters(url))
channel = connection.channel()

# Inventory answers through an exchange, with the name of our queue as the routing key.
answers = channel.queue_declare("", exclusive=True).method.queue
channel.queue_bind(answers, exchange="inventory.availability.answers", routing_key=answers)

question = str(uuid.uuid4())
channel.basic_publish(
    exchange="inventory.availability.questions",
    routing_key="inventory.availability",
    body=json.dumps({"pattern": "inventory.availability", "data": {"sku": sku}, "id": question}),
    # The broker drops a question that inventory has not taken after 2,000 ms: by then we no longer wait.
    properties=pika.BasicProperties(reply_to=answers, correlation_id=question, expiration="2000"),
)
for method, properties, body in channel.consume(answers, auto_ack=True, inactivity_timeout=2):
    if body is None:
        sys.exit("Inventory has not answered within 2 s.")
    if properties.correlation_id == question:
        print(sku, json.loads(body)["response"]["available"])
        break
connection.close()
